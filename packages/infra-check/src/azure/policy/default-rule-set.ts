/**
 * The rules of Microsoft's sets for application gateways, the default one 2.1 and the one on bots 1.1, in the groups that
 * an API has a reason to override.
 *
 * @see https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules
 */
const rules: Readonly<Record<string, readonly (number | string)[]>> = {
  General: [200002, 200003],
  "METHOD-ENFORCEMENT": [911100],
  "PROTOCOL-ENFORCEMENT": [
    ...[920100, 920120, 920121, 920160, 920170, 920171, 920180, 920181, 920190, 920200, 920201, 920210],
    ...[920220, 920230, 920240, 920260, 920270, 920271, 920280, 920290, 920300, 920310, 920311, 920320],
    ...[920330, 920340, 920341, 920350, 920420, 920430, 920440, 920450, 920470, 920480, 920500],
  ],
  SQLI: [
    ...[942100, 942110, 942120, 942130, 942140, 942150, 942160, 942170, 942180, 942190],
    ...[942200, 942210, 942220, 942230, 942240, 942250, 942260, 942270, 942280, 942290],
    ...[942300, 942310, 942320, 942330, 942340, 942350, 942360, 942361, 942370, 942380, 942390],
    ...[942400, 942410, 942430, 942440, 942450, 942470, 942480, 942500, 942510],
  ],
  BadBots: ["Bot100100", "Bot100200", "Bot100300"],
  UnknownBots: [
    ...["Bot300100", "Bot300200", "Bot300300", "Bot300400", "Bot300500", "Bot300600", "Bot300700"],
  ],
};

/** Whether the sets have a rule in a group; `undefined` for a group of which nothing is known here. */
export function hasRule(group: string, id: string): boolean | undefined {
  return rules[group]?.some((rule) => String(rule) === id);
}
