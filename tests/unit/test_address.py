"""What an entry of the inbox may say, and that no message quotes a password."""

import pytest

from tasks.sources.address import AddressError, parse_address


@pytest.mark.parametrize(
    ("entry", "label"),
    [
        ("/srv/inbox", "/srv/inbox"),
        ("file:///srv/inbox", "/srv/inbox"),
        ("sftp://office:geheim@host/in box/", "sftp://office@host/in box"),
        ("SFTP://host:2222/%E6%94%B6", "sftp://host:2222/收"),
        ("smb://BUREAU;office:geheim@host/share/inbox", "smb://BUREAU%3Boffice@host/share/inbox"),
        (
            "s3://key:geheim@Bucket/inbox?endpoint=https://k:geheim@minio:9000",
            "s3://Bucket/inbox?endpoint=https://minio:9000",
        ),
        ("webdavs://office:ge%40heim@[::1]/dav", "webdavs://office@[::1]/dav"),
        (
            "imaps://reports%40example.cn:geheim@imap.example.cn/INBOX",
            "imaps://reports%40example.cn@imap.example.cn/INBOX",
        ),
    ],
)
def test_a_source_is_named_without_its_password(entry: str, label: str) -> None:
    address = parse_address(entry)

    assert (address.label, str(address)) == (label, label)
    assert "heim" not in repr(address)


def test_special_characters_are_written_in_percent() -> None:
    address = parse_address("sftp://us%40er:p%40s%2Fs%2C%3A%25@host/x")

    assert (address.user, address.password, address.port, address.path) == ("us@er", "p@s/s,:%", 22, "/x")


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("gopher://x:geheim@y/z", "sftp://、smb://、s3://"),
        ("sftp://", "缺少主机名"),
        ("s3://", "缺少存储桶"),
        ("sftp://x:geheim/1@host/y", "%40"),
        ("sftp://x:geheim#1@host/y", "%40"),
        ("sftp://x:geheim?1@host/y", "%40"),
        ("sftp://host:geheim/y", "%40"),
        ("smb://x:geheim@host", "缺少共享名"),
        ("s3://x:geheim@bucket?endpiont=http://y", "endpoint 和 region"),
        ("s3://x:geheim@bucket?endpoint=minio:9000", "http://"),
    ],
)
def test_an_entry_that_cannot_be_right_is_explained(entry: str, complaint: str) -> None:
    with pytest.raises(AddressError) as told:
        parse_address(entry)

    assert complaint in str(told.value)
    assert "geheim" not in str(told.value)


@pytest.mark.parametrize("spelling", ["p@ss/w", "p%40ss%2Fw", "sftp://office:p%40ss%2Fw@host"])
def test_what_a_library_says_is_told_without_the_password(spelling: str) -> None:
    address = parse_address("sftp://office:p%40ss%2Fw@host/x")

    told = address.hides(f"cannot open {spelling}")

    assert not any(secret in told for secret in ("p@ss", "p%40ss"))
