# Snapshots: a tree of them, there and back

govc snapshot.create -vm DC0_H0_VM0 -d "as it came" first
vim /DC0/vm/DC0_H0_VM0 snapshot.rootSnapshotList ~ as it came
govc vm.change -vm DC0_H0_VM0 -annotation changed
vim /DC0/vm/DC0_H0_VM0 config.annotation = changed
govc snapshot.create -vm DC0_H0_VM0 -m=false second
govc snapshot.create -vm DC0_H0_VM0 -m=false third
vim /DC0/vm/DC0_H0_VM0 layoutEx.file ~ 000003
govc snapshot.tree -vm DC0_H0_VM0 -D -i
> second
> third
govc snapshot.tree -vm DC0_H0_VM0 -C
> third
govc snapshot.revert -vm DC0_H0_VM0 first
vim /DC0/vm/DC0_H0_VM0 config.annotation =
vim /DC0/vm/DC0_H0_VM0 runtime.powerState = poweredOn
govc snapshot.remove -vm DC0_H0_VM0 nothing
! not found
govc snapshot.remove -vm DC0_H0_VM0 second
vim /DC0/vm/DC0_H0_VM0 snapshot.rootSnapshotList !~ second
vim /DC0/vm/DC0_H0_VM0 snapshot.rootSnapshotList ~ third
govc snapshot.remove -vm DC0_H0_VM0 *
vim /DC0/vm/DC0_H0_VM0 snapshot =
