import hashlib
import os

import pytest


def test_what_is_put_comes_back_under_its_digest(store):
    digest = store.put(b"ett foto")
    assert digest == hashlib.sha256(b"ett foto").hexdigest()
    assert store.read(digest) == b"ett foto"
    assert store.check(digest)


def test_the_same_bytes_are_kept_once(store):
    first, second = store.put(b"samma"), store.put(b"samma")
    assert first == second
    assert list(store.digests()) == [first]


def test_a_kept_file_cannot_be_written_by_accident(store):
    assert os.stat(store.path(store.put(b"x"))).st_mode & 0o222 == 0


def test_a_flipped_bit_is_found_and_the_good_bytes_can_be_put_back(store):
    digest = store.put(b"bevis")
    store.path(digest).chmod(0o600)
    store.path(digest).write_bytes(b"beviz")
    assert not store.check(digest)
    store.put(b"bevis")
    assert store.check(digest)


def test_a_file_that_is_gone_is_not_well(store):
    assert not store.check("0" * 64)


def test_a_disk_that_is_full_leaves_no_stump(store, tmp_path):
    """A folder that cannot be made stands for every way in which writing fails."""
    content = b"stor fil"
    target = store.path(hashlib.sha256(content).hexdigest())
    store.root.mkdir()
    (store.root / target.parts[-3]).write_text("en fil i vägen")
    with pytest.raises(OSError, match=r"exists|directory"):
        store.put(content)
    assert list(store.digests()) == []
