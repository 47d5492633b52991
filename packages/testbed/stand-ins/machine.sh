#!/usr/bin/env bash
# machine.sh ROOT OUTPUT: fills the empty folder ROOT with a Debian that boots and has cloud-init, and puts disk.img,
# vmlinuz and initrd.img into the folder OUTPUT. On the disk lies an archive of the packages that our user data asks for,
# under the names that they have on the distributions it is written for: a first boot installs them without a network.
set -euo pipefail
root=$1
output=$2
suite=trixie
archive=$root/var/local/archive

base=(
  apparmor ca-certificates cloud-init curl dbus initramfs-tools iproute2 iptables linux-image-cloud-amd64
  qemu-guest-agent systemd systemd-sysv udev zstd
)
at_boot=(docker.io docker-cli amazon-ecr-credential-helper jq)

# The initial RAM disk has to find the root's file system only. The hooks run in a shell of their own, with the folder as $1.
# shellcheck disable=SC2016
mmdebstrap --quiet --variant=minbase --include="${base[*]}" \
  --essential-hook='mkdir -p "$1/etc/initramfs-tools/conf.d"' \
  --essential-hook='printf "MODULES=list\nCOMPRESS=cat\n" >"$1/etc/initramfs-tools/conf.d/machine"' \
  --essential-hook='printf "virtio_pci\nvirtio_blk\next4\n" >"$1/etc/initramfs-tools/modules"' \
  --customize-hook='chroot "$1" apt-get clean && mkdir "$1/var/local/archive"' \
  --customize-hook="chroot \"\$1\" apt-get install --quiet --yes --no-install-recommends --download-only ${at_boot[*]}" \
  --customize-hook='mv "$1"/var/cache/apt/archives/*.deb "$1/var/local/archive"' \
  "$suite" "$root"

mkdir -p "$root/tmp/docker/DEBIAN"
cat >"$root/tmp/docker/DEBIAN/control" <<'EOF'
Package: docker
Version: 1
Architecture: all
Maintainer: nobody <nobody@example.com>
Depends: docker.io, docker-cli
Description: Docker, under the name that it has on Amazon Linux
EOF
dpkg-deb --build "$root/tmp/docker" "$archive/docker.deb"

# Emulated machines are slow to decompress.
for package in "$archive"/*.deb; do
  rm -rf "$root/tmp/package"
  dpkg-deb --raw-extract "$package" "$root/tmp/package"
  dpkg-deb -Znone --build "$root/tmp/package" "$package"
done
(cd "$archive" && dpkg-scanpackages --multiversion . >Packages)
echo "deb [trusted=yes] file:/var/local/archive ./" >"$root/etc/apt/sources.list"
echo 'Acquire::Languages "none";' >"$root/etc/apt/apt.conf.d/90-machine"

# There is no SSH here, and the disk is as large as it will be.
cat >"$root/etc/cloud/cloud.cfg.d/90-machine.cfg" <<'EOF'
datasource_list: [NoCloud]
ssh_genkeytypes: []
growpart: { mode: "off" }
resize_rootfs: false
EOF
chroot "$root" systemctl enable systemd-networkd.service

# What a first boot would do slowly, and we don't need: caches made anew, profiles for programs that are not here, scripts
# for an init that is not systemd, flushes of a disk that is thrown away.
printf 'path-exclude=/etc/init.d/*\nforce-unsafe-io\n' >"$root/etc/dpkg/dpkg.cfg.d/machine"
touch "$root/etc/.updated" "$root/var/.updated"
find "$root/etc/apparmor.d" -maxdepth 1 -type f -delete
rm -rf "$root"/tmp/* "$root"/var/lib/apt/lists/* "$root/etc/hostname" "$root/etc/resolv.conf"

cp "$root"/boot/vmlinuz-* "$output/vmlinuz"
cp "$root"/boot/initrd.img-* "$output/initrd.img"
rm -rf "${root:?}"/boot/*
mke2fs -q -t ext4 -L root -d "$root" "$output/disk.img" 4G
