using Pilotage.Evaluation;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>What is compared: the same objective, batch and start; rewards and budgets differ.</summary>
internal static class HbpoArms
{
    public const string Warm = "warm-start", Classic = "grpo", Cosine = "grpo-cosine", Linear = "grpo-linear", One = "hbpo-1", Two = "hbpo-2", Method = "hbpo", NoIntra = "hbpo-no-intra";

    /// <summary>All arms.</summary>
    public static IReadOnlyList<Arm> All(HbpoLab lab, HbpoStudyConfig config)
    {
        var method = config.Method;
        return
        [
            lab.WarmStartArm(Warm),
            Grpo(Classic, LengthReward.Classic),
            Grpo(Cosine, LengthReward.Cosine),
            Grpo(Linear, LengthReward.Linear),
            Budgets(One, ArmKind.Baseline, method with { Budgets = [config.SingleBudget] }),
            Budgets(Two, ArmKind.Method, method with { Budgets = [method.Budgets[0], method.Budgets[^1]] }),
            Budgets(Method, ArmKind.Method, method),
            Budgets(NoIntra, ArmKind.Method, method with { IntraWeight = 0 }),
        ];

        Arm Grpo(string name, LengthReward reward) => lab.Arm(name, ArmKind.Baseline, (model, sampler, problems, seeds) => new LengthGrpo(reward, method, model, sampler, problems, seeds));
        Arm Budgets(string name, ArmKind kind, HbpoConfig budgets) => lab.Arm(name, kind, (model, sampler, problems, seeds) => new Hbpo(budgets, model, sampler, problems, seeds));
    }
}
