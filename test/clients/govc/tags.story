# Categories and tags, on objects and off them

govc tags.category.create -d "who pays" -t VirtualMachine -m cost
as category
api cis/tagging/category/{category} name = cost
api cis/tagging/category/{category} cardinality = MULTIPLE
govc tags.category.ls
> cost
govc tags.category.info cost
> AssociableTypes: [VirtualMachine]
govc tags.category.update -n budget cost
api cis/tagging/category/{category} name = budget
govc tags.create -c budget -d "the gold one" gold
as tag
api cis/tagging/tag/{tag} category_id = {category}
govc tags.info gold
> Category: budget
govc tags.ls -c budget
> gold
govc tags.update -d "golden" gold
api cis/tagging/tag/{tag} description = golden
govc tags.attach gold /DC0/vm/DC0_H0_VM0
api cis/tagging/tag-association/{tag}?action=list-attached-objects ~ {/DC0/vm/DC0_H0_VM0}
govc tags.attach -c budget gold /DC0/vm/DC0_C0_RP0_VM0
govc tags.attached.ls gold
> VirtualMachine:{/DC0/vm/DC0_C0_RP0_VM0}
govc tags.attached.ls -r /DC0/vm/DC0_H0_VM0
> gold
govc tags.attach gold /DC0/host/DC0_C0
! 400
govc tags.detach gold /DC0/vm/DC0_H0_VM0
api cis/tagging/tag-association/{tag}?action=list-attached-objects !~ {/DC0/vm/DC0_H0_VM0}
govc tags.attached.ls -r /DC0/vm/DC0_C0_RP0_VM0
> gold
govc tags.rm -f gold
api cis/tagging/tag/{tag} is 404
govc tags.category.rm budget
api cis/tagging/category/{category} is 404
