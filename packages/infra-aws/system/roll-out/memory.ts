/** An Auto Scaling group in a cloud in memory, as a roll-out sees it. */
import { isProperties, type Properties, type Value } from "@sorted/infra-check";
import { answered, formModel, type GroupStore, members, type Tree, treeOf } from "@sorted/infra-check/aws";
import type { MemoryCloud } from "@sorted/infra-check/engine";

const type = "aws:autoscaling/group:Group";

/** As many targets are healthy as the group is to have at least. */
export function memoryGroups(cloud: MemoryCloud): GroupStore {
  const groupOf = (id: string) => {
    const group = cloud.resources.get(`${type}::${id}`);
    if (!group) throw new Error(`ValidationError: There is no group ${id}`);
    return group;
  };
  const save = async (id: string, model: Tree) => cloud.drift(type, groupOf(id).name, inputsOf(model));
  return {
    save,
    async answer(form) {
      const action = String(form.get("Action"));
      switch (action) {
        case "DescribeAutoScalingGroups": {
          const id = String(form.get("AutoScalingGroupNames.member.1"));
          const group = { AutoScalingGroupName: id, ...modelOf(groupOf(id).inputs) };
          return answered(action, { AutoScalingGroups: members([group]) });
        }
        case "UpdateAutoScalingGroup":
          await save(String(form.get("AutoScalingGroupName")), formModel(form));
          return answered(action, {});
        case "DescribeTargetHealth": {
          const [group] = [...cloud.resources.values()].filter((each) => each.type === type);
          const count = Number(group?.inputs["minSize"]);
          const healthy = Array.from({ length: count }, () => ({ TargetHealth: { State: "healthy" } }));
          return answered(action, { TargetHealthDescriptions: members(healthy) });
        }
        default:
          throw new Error(`InvalidAction: ${action} ${JSON.stringify(treeOf(form, "Filters"))}`);
      }
    },
  };
}

const part = (value: Value | undefined): Properties => (isProperties(value) ? value : {});

/** The model of a group's inputs, as AWS's API has it. */
function modelOf({ launchTemplate, mixedInstancesPolicy }: Properties): Tree {
  if (isProperties(launchTemplate)) return { LaunchTemplate: template(launchTemplate["id"], launchTemplate) };
  const policy = part(mixedInstancesPolicy);
  const { launchTemplateSpecification, overrides } = part(policy["launchTemplate"]);
  const specification = part(launchTemplateSpecification);
  const types = (Array.isArray(overrides) ? overrides : []).map((each) => String(part(each)["instanceType"]));
  const distribution = Object.entries(part(policy["instancesDistribution"])).map(
    ([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), String(value)] as const,
  );
  return {
    MixedInstancesPolicy: {
      InstancesDistribution: Object.fromEntries(distribution),
      LaunchTemplate: {
        LaunchTemplateSpecification: template(specification["launchTemplateId"], specification),
        Overrides: members(types.map((InstanceType) => ({ InstanceType }))),
      },
    },
  };
}

function template(id: Value | undefined, { version }: Properties): Tree {
  return { LaunchTemplateId: String(id), Version: String(version) };
}

/** The same, the other way round; of a policy only what tells one from another. */
function inputsOf(model: Tree): Properties {
  const at = (tree: Tree | string | undefined, ...path: readonly string[]): Tree | string | undefined => {
    const [first, ...others] = path;
    if (first === undefined || typeof tree !== "object") return tree;
    return at(tree[first], ...others);
  };
  const { LaunchTemplate, MixedInstancesPolicy } = model;
  if (LaunchTemplate !== undefined) {
    const id = String(at(LaunchTemplate, "LaunchTemplateId"));
    const version = String(at(LaunchTemplate, "Version"));
    return { launchTemplate: { id, version }, mixedInstancesPolicy: null };
  }
  const specification = at(MixedInstancesPolicy, "LaunchTemplate", "LaunchTemplateSpecification");
  const overrides = at(MixedInstancesPolicy, "LaunchTemplate", "Overrides", "member");
  const distribution = Object.entries(
    part(JSON.parse(JSON.stringify(at(MixedInstancesPolicy, "InstancesDistribution")))),
  );
  return {
    launchTemplate: null,
    mixedInstancesPolicy: {
      instancesDistribution: Object.fromEntries(
        distribution.map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
      ),
      launchTemplate: {
        launchTemplateSpecification: {
          launchTemplateId: String(at(specification, "LaunchTemplateId")),
          version: String(at(specification, "Version")),
        },
        overrides: Object.values(typeof overrides === "object" ? overrides : {}).map((each) => ({
          instanceType: String(at(each, "InstanceType")),
        })),
      },
    },
  };
}
