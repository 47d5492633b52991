#!/usr/bin/env bash
# machine-disk.sh ROOT OUTPUT: makes of ROOT, which machine.sh has filled, with a kernel, what QEMU is given: disk.img and
# vmlinuz, in the folder OUTPUT.
set -euo pipefail
root=$1
output=$2

# An emulated machine decompresses modules slowly.
find "$root/usr/lib/modules" -name '*.ko.xz' -exec xz --decompress {} +
chroot "$root" depmod "$(basename "$root"/usr/lib/modules/*)"

cp "$root"/boot/vmlinuz-* "$output/vmlinuz"
rm -rf "${root:?}"/boot/*

# A kernel without an initial RAM disk knows a partition by its number and its disk's signature, and no file system by name.
truncate --size=4G "$output/disk.img"
printf 'label: dos\nlabel-id: 0x12345678\nstart=1MiB, type=83\n' | sfdisk --quiet "$output/disk.img"
mke2fs -q -t ext4 -d "$root" -E offset=1048576 "$output/disk.img" 4095M
