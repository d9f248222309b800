import { exact, type Messages, ours } from './message.js'

/** Files of datastores. */
export const files: Messages = {
  FileNotFound: exact("govmomi's tests against a real ESXi", 'File {file} was not found'),
  FileAlreadyExists: exact(
    'kubernetes vSphere cloud provider, which compares the text',
    'Cannot complete the operation because the file or folder {file} already exists',
  ),
  NoDiskSpace: exact('public reports', "Insufficient disk space on datastore '{datastore}'."),
  CannotAccessFile: exact('public transcripts of cloning', 'Unable to access file {file}'),
  FileLocked: exact('public reports', 'Unable to access file {file} since it is locked'),

  FileFault: ours('The operation failed for the file {file}.'),
  CannotCreateFile: ours('The file {file} cannot be created.'),
  CannotDeleteFile: ours('The file {file} cannot be deleted.'),
  DirectoryNotEmpty: ours('The folder {file} is not empty.'),
  FileNameTooLong: ours('The file name {file} is too long.'),
  FileNotWritable: ours('The file {file} is not writable.'),
  FileTooLarge: ours('The file {file} is too large for the datastore {datastore}.'),
  IncorrectFileType: ours('The file {file} is not of the right type.'),
  NetworkCopyFault: ours('The file {file} could not be copied over the network.'),
  NotADirectory: ours('The path {file} is not a folder.'),
  NotAFile: ours('The path {file} is not a file.'),
  InvalidDatastorePath: ours(
    "Invalid datastore path '{datastorePath}'. A path reads [datastore] folder/file.",
  ),
  NamespaceFull: ours("The namespace '{name}' is full ({currentMaxSize} bytes)."),
}
