/**
 * The rules of Microsoft's default rule set 2.1 for application gateways, in the groups that an API has a reason to
 * override.
 *
 * @see https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules
 */
const rules: Readonly<Record<string, readonly number[]>> = {
  General: [200002, 200003],
  "METHOD-ENFORCEMENT": [911100],
  SQLI: [
    ...[942100, 942110, 942120, 942130, 942140, 942150, 942160, 942170, 942180, 942190],
    ...[942200, 942210, 942220, 942230, 942240, 942250, 942260, 942270, 942280, 942290],
    ...[942300, 942310, 942320, 942330, 942340, 942350, 942360, 942361, 942370, 942380, 942390],
    ...[942400, 942410, 942430, 942440, 942450, 942460, 942470, 942480, 942500, 942510],
  ],
};

/** Whether the set has a rule in a group; `undefined` for a group of which nothing is known here. */
export function hasRule(group: string, id: string): boolean | undefined {
  return rules[group]?.includes(Number(id));
}
