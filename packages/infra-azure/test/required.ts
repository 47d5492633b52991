/** What every stack must set. */
export const location = { "azure-native:location": "westeurope" };

/** What every stack with machines must set. */
export const required = {
  ...location,
  sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample operator",
};
