"""One real server in a process of its own: ``python -m tests.integration.network.serve KIND PORT FOLDER``.

The user is ``huizong`` with the password ``PASSWORD``; all but S3 serve the folder.
"""
# ruff: noqa: PLC0415 -- each process imports the one server that it is
# mypy: disable-error-code="import-untyped,no-untyped-call"

import asyncio
import sys

USER, PASSWORD = "huizong", "p@ss/wörd"


def sftp(port: int, folder: str) -> None:
    import asyncssh

    class Server(asyncssh.SSHServer):
        def begin_auth(self, _username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, PASSWORD)

    class Files(asyncssh.SFTPServer):
        def __init__(self, channel: asyncssh.SSHServerChannel[bytes]) -> None:
            super().__init__(channel, chroot=folder.encode())

    async def run() -> None:
        key = asyncssh.generate_private_key("ssh-ed25519")
        key.write_public_key(f"{folder}.pub")
        await asyncssh.listen("127.0.0.1", port, server_host_keys=[key], server_factory=Server, sftp_factory=Files)
        await asyncio.Event().wait()

    asyncio.run(run())


def smb(port: int, folder: str) -> None:
    from impacket.ntlm import compute_lmhash, compute_nthash
    from impacket.smbserver import SimpleSMBServer

    server = SimpleSMBServer("127.0.0.1", port)
    server.setSMB2Support(True)
    server.addShare("share", folder, readOnly="yes")
    server.addCredential(USER, 0, compute_lmhash(PASSWORD), compute_nthash(PASSWORD))
    server.start()


def webdav(port: int, folder: str) -> None:
    from cheroot.wsgi import Server
    from wsgidav.wsgidav_app import WsgiDAVApp

    users = {"*": {USER: {"password": PASSWORD}}}
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/dav": folder},
            "simple_dc": {"user_mapping": users},
            "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
            "verbose": 0,
        }
    )
    Server(("127.0.0.1", port), app).start()


def s3(port: int, _folder: str) -> None:
    from moto.server import main

    main(["-H", "127.0.0.1", "-p", str(port)])


def imap(port: int, _folder: str) -> None:
    from pymap.main import main

    sys.argv = ["pymap", "--no-service", "managesieve", "--no-service", "admin", "--host", "127.0.0.1"]
    sys.argv += ["--port", str(port), "--no-tls", "dict", "--demo-user", USER, "--demo-password", PASSWORD]
    main()


if __name__ == "__main__":
    {"sftp": sftp, "smb": smb, "webdav": webdav, "s3": s3, "imap": imap}[sys.argv[1]](int(sys.argv[2]), sys.argv[3])
