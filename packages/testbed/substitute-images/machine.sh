#!/usr/bin/env bash
# machine.sh ROOT [PACKAGE…]: fills the new folder ROOT with a Debian that boots and has cloud-init, Docker and PACKAGE….
# What else our user data asks for lies in an archive on the disk, under the names that it has on the distributions the
# user data is written for: a first boot installs it without a network.
set -euo pipefail
root=$1
shift
suite=trixie
archive=$root/var/local/archive

installed=(
  ca-certificates cloud-init curl dbus docker.io docker-cli iproute2 iptables pigz systemd systemd-sysv "$@"
)
at_boot=(amazon-ecr-credential-helper jq)

# The hooks run in a shell of their own, with the folder as $1.
# shellcheck disable=SC2016
mmdebstrap --quiet --variant=minbase --include="${installed[*]}" \
  --customize-hook='chroot "$1" apt-get clean && mkdir "$1/var/local/archive"' \
  --customize-hook="chroot \"\$1\" apt-get install --quiet --yes --no-install-recommends --download-only ${at_boot[*]}" \
  --customize-hook='mv "$1"/var/cache/apt/archives/*.deb "$1/var/local/archive"' \
  "$suite" "$root"

mkdir -p "$root/tmp/docker/DEBIAN"
cat >"$root/tmp/docker/DEBIAN/control" <<'END'
Package: docker
Version: 1
Architecture: all
Maintainer: nobody <nobody@example.com>
Depends: docker.io, docker-cli
Description: Docker, under the name that it has on Amazon Linux
END
dpkg-deb --build "$root/tmp/docker" "$archive/docker.deb"
(cd "$archive" && dpkg-scanpackages --multiversion . >Packages)
echo "deb [trusted=yes] file:/var/local/archive ./" >"$root/etc/apt/sources.list"

# There is no SSH here, and the disk is as large as it will be.
cat >"$root/etc/cloud/cloud.cfg.d/90-machine.cfg" <<'END'
datasource_list: [NoCloud]
ssh_genkeytypes: []
growpart: { mode: "off" }
resize_rootfs: false
END

# Docker is there, but is not started before the user data says so.
chroot "$root" systemctl disable containerd.service docker.service docker.socket
chroot "$root" systemctl enable systemd-networkd.service

# What takes time, and we don't need: chores, to look at each reload of systemd for what is not here, flushes of a disk that
# is thrown away.
chroot "$root" systemctl mask \
  apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer fstrim.timer getty@tty1.service \
  serial-getty@ttyS0.service systemd-pstore.service
generators=$root/etc/systemd/system-generators
mkdir -p "$generators"
for name in debug getty gpt-auto hibernate-resume rc-local run ssh system-update sysv tpm2; do
  ln -s /dev/null "$generators/systemd-$name-generator"
done
echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/machine"
touch "$root/etc/.updated" "$root/var/.updated"
rm -rf "$root"/tmp/* "$root"/var/lib/apt/lists/* "$root/etc/hostname" "$root/etc/resolv.conf"
