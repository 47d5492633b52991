/** The function, its alias, and the ways to it. Of instances kept warm moto knows nothing. */
import type { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Lambda } from "@aws-sdk/client-lambda";
import type * as lambda from "@pulumi/aws/lambda/index.js";
import type * as lb from "@pulumi/aws/lb/index.js";
import { type Binding, binding } from "./binding.ts";

export function functionBindings(
  api: Lambda,
  balancers: ElasticLoadBalancingV2,
): Readonly<Record<string, Binding>> {
  return {
    "aws:lambda/function:Function": binding<lambda.FunctionArgs>({
      async create(inputs) {
        const { FunctionArn, Version } = await api.createFunction({
          FunctionName: inputs.name,
          PackageType: "Image",
          Code: { ImageUri: inputs.imageUri },
          Architectures: inputs.architectures?.includes("arm64") ? ["arm64"] : ["x86_64"],
          MemorySize: inputs.memorySize,
          Timeout: inputs.timeout,
          Role: String(inputs.role),
          Environment: { Variables: inputs.environment?.variables },
          LoggingConfig: { LogFormat: "Text", LogGroup: inputs.loggingConfig?.logGroup },
          Publish: inputs.publish,
          Tags: inputs.tags,
        });
        if (inputs.reservedConcurrentExecutions !== undefined) {
          await api.putFunctionConcurrency({
            FunctionName: inputs.name,
            ReservedConcurrentExecutions: inputs.reservedConcurrentExecutions,
          });
        }
        // The provider leaves the version at the end of the ARN out.
        return { id: inputs.name, arn: FunctionArn?.replace(/:\d+$/, ""), version: Version };
      },
      async update(FunctionName, inputs) {
        const { Version } = await api.updateFunctionCode({
          FunctionName,
          ImageUri: inputs.imageUri,
          Publish: inputs.publish,
        });
        return { version: Version };
      },
      delete: (FunctionName) => api.deleteFunction({ FunctionName }),
    }),

    "aws:lambda/alias:Alias": binding<lambda.AliasArgs>({
      async create({ name: Name, functionName: FunctionName, functionVersion: FunctionVersion }) {
        const { AliasArn } = await api.createAlias({ Name, FunctionName, FunctionVersion });
        return { id: AliasArn, arn: AliasArn };
      },
      async update(_, { name: Name, functionName: FunctionName, functionVersion: FunctionVersion }) {
        await api.updateAlias({ Name, FunctionName, FunctionVersion });
        return {};
      },
      delete: (_, { name: Name, functionName: FunctionName }) => api.deleteAlias({ Name, FunctionName }),
    }),

    "aws:lambda/functionUrl:FunctionUrl": binding<lambda.FunctionUrlArgs>({
      async create({ functionName: FunctionName, qualifier: Qualifier }) {
        const { FunctionUrl } = await api.createFunctionUrlConfig({
          FunctionName,
          Qualifier,
          AuthType: "NONE",
          InvokeMode: "BUFFERED",
        });
        return { id: FunctionUrl, functionUrl: FunctionUrl };
      },
      delete: (_, { functionName: FunctionName, qualifier: Qualifier }) =>
        api.deleteFunctionUrlConfig({ FunctionName, Qualifier }),
    }),

    "aws:lambda/permission:Permission": binding<lambda.PermissionArgs>({
      async create(inputs) {
        const StatementId = "balancer";
        await api.addPermission({
          StatementId,
          FunctionName: String(inputs.function),
          Qualifier: inputs.qualifier,
          Action: inputs.action,
          Principal: inputs.principal,
          SourceArn: inputs.sourceArn,
        });
        return { id: StatementId };
      },
      delete: (StatementId, inputs) =>
        api.removePermission({
          StatementId,
          FunctionName: String(inputs.function),
          Qualifier: inputs.qualifier,
        }),
    }),

    "aws:lb/targetGroupAttachment:TargetGroupAttachment": binding<lb.TargetGroupAttachmentArgs>({
      async create({ targetGroupArn: TargetGroupArn, targetId: Id }) {
        await balancers.registerTargets({ TargetGroupArn, Targets: [{ Id }] });
        return { id: `${TargetGroupArn}-${Id}` };
      },
      delete: (_, { targetGroupArn: TargetGroupArn, targetId: Id }) =>
        balancers.deregisterTargets({ TargetGroupArn, Targets: [{ Id }] }),
    }),
  };
}
