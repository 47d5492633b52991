/** Instance refreshes in front of moto, which has none: everything else is moto's answer. */
import type { GroupStore } from "@sorted/infra-check/aws";
import type { Clients } from "./clients.ts";

/** @param moto its address */
export function motoGroups(moto: string, { autoscaling }: Clients): GroupStore {
  return {
    async answer(form, headers) {
      const response = await fetch(moto, { method: "POST", headers, body: form.toString() });
      const answer = await response.text();
      if (!response.ok) throw new Error(answer);
      return answer;
    },
    async save(AutoScalingGroupName, model) {
      const { LaunchTemplate } = model;
      if (typeof LaunchTemplate !== "object")
        throw new Error("ValidationError: Only a launch template will do here");
      await autoscaling.updateAutoScalingGroup({
        AutoScalingGroupName,
        LaunchTemplate: {
          LaunchTemplateId: String(LaunchTemplate["LaunchTemplateId"]),
          Version: String(LaunchTemplate["Version"]),
        },
      });
    },
  };
}
