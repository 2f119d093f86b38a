namespace Pilotage.Lab.Improvement;

/// <summary>What a run says of the rule that decides today.</summary>
public enum Answer
{
    /// <summary>At least one learner earns more than the rule, in the simultaneous intervals over training seeds.</summary>
    Better,

    /// <summary>No learner is shown to earn more, and not all are shown to earn less.</summary>
    NoDifference,

    /// <summary>Every learner earns less than the rule.</summary>
    Worse,

    /// <summary>Too few training seeds to say anything.</summary>
    NotEvaluated,
}
