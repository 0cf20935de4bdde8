"""Where files come from: folders, SFTP, SMB, S3, WebDAV and mailboxes, all behind one ``Source``."""
