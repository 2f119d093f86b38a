namespace Pilotage.Evaluation;

/// <summary>The part that an arm plays in a study.</summary>
public enum ArmKind
{
    /// <summary>A rule that decides without learning; the row that every table has.</summary>
    Heuristic,

    /// <summary>A learner or solver to compare with, the paper's own baselines among them; bounds and oracles too.</summary>
    Baseline,

    /// <summary>What the study is about.</summary>
    Method,
}
