import { boxed } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'

const sessions = (lab: Lab) => lab.ref('SessionManager')
const authorization = (lab: Lab) => lab.ref('AuthorizationManager')
const demo = (lab: Lab) => lab.ref('VirtualMachine', 'smp-ft-demo')
const own = { stale: 'the `key` of a session in `SessionManager.sessionList`' }

/** A permission of the operators of the example. */
const operators = (roleId: number) =>
  data('Permission', { principal: 'VSPHERE.LOCAL\\operators', group: true, roleId, propagate: true })

/** The first role that a client makes; the vCenter's own end below. */
const NEW_ROLE = 10

export const accessDescriptions: Descriptions = {
  'ServiceInstance.RetrieveServiceContent': {
    summary: 'Names all managers of the server',
    text: 'The same as the property `content`; where every client starts. Needs no session.',
    example: { on: (lab) => lab.ref('ServiceInstance') },
  },
  'ServiceInstance.CurrentTime': {
    summary: "Tells the server's time",
    text: "It is the time of the world, which may run faster than the computer's, or stand still.",
    example: { on: (lab) => lab.ref('ServiceInstance') },
  },

  'SessionManager.Login': {
    summary: 'Opens a session',
    text: 'The token is in the header `vmware-api-session-id` of the answer; send it with every other call. Any name and password that are not empty will do, unless the server has accounts of its own. Wrong ones, or a call that has a session already: `InvalidLogin`.',
    example: {
      on: sessions,
      body: () => ({ userName: 'administrator@vsphere.local', password: 'VMware1!' }),
    },
  },
  'SessionManager.Logout': {
    summary: 'Ends the session of the call',
    text: 'Its views, property collectors and filters go with it.',
    example: { on: sessions },
  },
  'SessionManager.SessionIsActive': {
    summary: 'Asks whether a session is still open',
    example: {
      on: sessions,
      body: () => ({
        sessionID: '52000000-0000-0000-0000-000000000000',
        userName: 'VSPHERE.LOCAL\\Administrator',
      }),
    },
  },
  'SessionManager.TerminateSession': {
    summary: 'Ends other sessions',
    text: 'Not that of the call itself: `InvalidArgument`.',
    example: { on: sessions, body: () => ({ sessionId: ['52000000-0000-0000-0000-000000000000'] }), ...own },
  },
  'SessionManager.SetLocale': {
    summary: "Chooses the session's language",
    text: 'Messages stay English.',
    example: { on: sessions, body: () => ({ locale: 'en_US' }) },
  },
  'SessionManager.LoginByToken': {
    summary: 'Opens a session with a SAML token',
    text: "Over SOAP, with the token in the header's `wsse:Security`: its `NameID` is the user. Without one: `InvalidLogin`.",
    example: { on: sessions, body: () => ({ locale: 'en' }), stale: 'the token, which only SOAP carries' },
  },
  'SessionManager.AcquireCloneTicket': {
    summary: "Gives a ticket for another session in the caller's name",
    text: 'Good once, for two minutes.',
    example: { on: sessions },
  },
  'SessionManager.CloneSession': {
    summary: 'Opens a session with a ticket',
    text: 'For who is not logged in. A ticket that is none (any more): `InvalidLogin`.',
    example: {
      on: sessions,
      body: () => ({ cloneTicket: 'cst-VCT-52000000-0000-0000-0000-000000000000' }),
      stale: 'the ticket that `AcquireCloneTicket` gave',
    },
  },
  'SessionManager.ImpersonateUser': {
    summary: "Turns the session into another user's",
    text: 'With his rights from then on. He must have a session of his own: else `InvalidLogin`.',
    example: { on: sessions, body: () => ({ userName: 'VSPHERE.LOCAL\\Administrator' }) },
  },
  'SessionManager.LoginExtensionByCertificate': {
    summary: 'Opens a session of an extension',
    text: 'Needs a connection that shows a certificate, which this server does not ask for: `NoClientCertificate`.',
    example: {
      on: sessions,
      body: () => ({ extensionKey: 'com.vmware.vim.eam' }),
      stale: 'a connection with a certificate',
    },
  },
  'SessionManager.LoginExtensionBySubjectName': {
    summary: 'Opens a session of an extension by the name in its certificate',
    text: 'Needs a connection that shows a certificate, which this server does not ask for: `NoClientCertificate`.',
    example: {
      on: sessions,
      body: () => ({ extensionKey: 'com.vmware.vim.eam' }),
      stale: 'a connection with a certificate',
    },
  },
  'SessionManager.AcquireLocalTicket': {
    summary: 'Gives a ticket to a program that runs on a host',
    text: 'A vCenter gives none: `NotSupported`.',
    example: { on: sessions, body: () => ({ userName: 'root' }), stale: 'a host, not a vCenter' },
  },
  'UserDirectory.RetrieveUserGroups': {
    summary: 'Finds users and groups',
    text: 'Without `domain` those of the appliance itself (`root`). Found are the users and groups that a vCenter brings along, the configured accounts, and everybody who has permissions.',
    example: {
      on: (lab) => lab.ref('UserDirectory'),
      body: () => ({
        domain: 'vsphere.local',
        searchStr: 'admin',
        exactMatch: false,
        findUsers: true,
        findGroups: true,
      }),
    },
  },
  'SessionManager.UpdateServiceMessage': {
    summary: 'Sets the message of the day',
    text: 'Clients read it as the property `message`.',
    example: { on: sessions, body: () => ({ message: 'Patching begins at noon.' }) },
  },

  'AuthorizationManager.AddAuthorizationRole': {
    summary: 'Makes a role',
    text: 'Answers its id. The `System.*` privileges are added to whatever is asked for.',
    example: {
      on: authorization,
      body: () => ({
        name: 'Operator',
        privIds: ['VirtualMachine.Interact.PowerOn', 'VirtualMachine.Interact.PowerOff'],
      }),
    },
  },
  'AuthorizationManager.UpdateAuthorizationRole': {
    summary: 'Renames a role and replaces its privileges',
    example: {
      on: authorization,
      first: ['AuthorizationManager.AddAuthorizationRole'],
      body: () => ({ roleId: NEW_ROLE, newName: 'Operators', privIds: ['VirtualMachine.Interact.PowerOn'] }),
    },
  },
  'AuthorizationManager.RemoveAuthorizationRole': {
    summary: 'Removes a role',
    text: 'With `failIfUsed` a role that a permission uses stays (`RemoveFailed`); without, those permissions go too.',
    example: {
      on: authorization,
      first: ['AuthorizationManager.AddAuthorizationRole'],
      body: () => ({ roleId: NEW_ROLE, failIfUsed: true }),
    },
  },
  'AuthorizationManager.MergePermissions': {
    summary: 'Gives all permissions of one role to another',
    example: {
      on: authorization,
      first: ['AuthorizationManager.AddAuthorizationRole', 'AuthorizationManager.SetEntityPermissions'],
      body: () => ({ srcRoleId: -2, dstRoleId: NEW_ROLE }),
    },
  },
  'AuthorizationManager.SetEntityPermissions': {
    summary: 'Adds or changes permissions on an object',
    text: 'Others on the same object stay as they are. With `propagate` they hold for everything below it.',
    example: { on: authorization, body: (lab) => ({ entity: demo(lab), permission: [operators(-2)] }) },
  },
  'AuthorizationManager.ResetEntityPermissions': {
    summary: 'Replaces all permissions on an object',
    example: { on: authorization, body: (lab) => ({ entity: demo(lab), permission: [operators(-2)] }) },
  },
  'AuthorizationManager.RemoveEntityPermission': {
    summary: 'Takes a permission away from an object',
    example: {
      on: authorization,
      first: ['AuthorizationManager.SetEntityPermissions'],
      body: (lab) => ({ entity: demo(lab), user: 'VSPHERE.LOCAL\\operators', isGroup: true }),
    },
  },
  'AuthorizationManager.RetrieveEntityPermissions': {
    summary: 'Lists the permissions on an object',
    example: { on: authorization, body: (lab) => ({ entity: demo(lab), inherited: true }) },
  },
  'AuthorizationManager.RetrieveRolePermissions': {
    summary: 'Lists the permissions that use a role',
    example: { on: authorization, body: () => ({ roleId: -1 }) },
  },
  'AuthorizationManager.RetrieveAllPermissions': {
    summary: 'Lists all permissions',
    example: { on: authorization },
  },
  'AuthorizationManager.HasPrivilegeOnEntity': {
    summary: 'Asks for the privileges of a session on an object',
    text: 'One answer per privilege, in the order of the question.',
    example: {
      on: authorization,
      body: (lab) => ({ entity: demo(lab), sessionId: 'key of a session', privId: ['System.Read'] }),
      ...own,
    },
  },
  'AuthorizationManager.HasPrivilegeOnEntities': {
    summary: 'Asks for the privileges of a session on several objects',
    example: {
      on: authorization,
      body: (lab) => ({ entity: [demo(lab)], sessionId: 'key of a session', privId: ['System.Read'] }),
      ...own,
    },
  },
  'AuthorizationManager.HasUserPrivilegeOnEntities': {
    summary: 'Asks for the privileges of a user on objects',
    example: {
      on: authorization,
      body: (lab) => ({
        entities: [demo(lab)],
        userName: 'VSPHERE.LOCAL\\Administrator',
        privId: ['VirtualMachine.Interact.PowerOn'],
      }),
    },
  },
  'AuthorizationManager.FetchUserPrivilegeOnEntities': {
    summary: 'Lists the privileges of a user on objects',
    example: {
      on: authorization,
      body: (lab) => ({ entities: [demo(lab)], userName: 'VSPHERE.LOCAL\\Administrator' }),
    },
  },

  'LicenseAssignmentManager.QueryAssignedLicenses': {
    summary: 'Lists who uses which licence',
    text: 'Every host and the server itself run on the evaluation licence.',
    example: { on: (lab) => lab.ref('LicenseAssignmentManager'), body: () => ({}) },
  },
  'OptionManager.QueryOptions': {
    summary: 'Reads advanced settings',
    text: 'A name that ends in a dot stands for all below it; an unknown name is `InvalidName`. The server has its own manager, and every host.',
    example: {
      on: (lab) => lab.ref('ServiceInstance', undefined, 'content.setting'),
      body: () => ({ name: 'config.' }),
    },
  },
  'OptionManager.UpdateOptions': {
    summary: 'Changes advanced settings',
    text: 'The server takes new names below `config.`; a host has the settings that it has.',
    example: {
      on: (lab) => lab.ref('ServiceInstance', undefined, 'content.setting'),
      body: () => ({
        changedValue: [
          data('OptionValue', { key: 'config.log.level', value: boxed('string', 'verbose') as never }),
        ],
      }),
    },
  },
}
