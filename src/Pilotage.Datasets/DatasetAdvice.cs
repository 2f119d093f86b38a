using System.Globalization;

namespace Pilotage.Datasets;

/// <summary>Which family of offline learners a data set suits, and by which figures.</summary>
/// <remarks>
/// The directions are those of arXiv:2111.04714 (abstract and section 5): cloning follows TQ, the DQN family SACo, and constrained methods do well where either is high or both are
/// moderate. The cuts at 0.25 and 0.75 are this project's.
/// </remarks>
/// <param name="Family">In words.</param>
/// <param name="Evidence">The figures, and what they were held against.</param>
public sealed record DatasetAdvice(string Family, string Evidence)
{
    /// <summary>From here on a figure is called high.</summary>
    public const double High = 0.75;

    /// <summary>From here on a figure is called moderate.</summary>
    public const double Moderate = 0.25;

    /// <summary>Advises.</summary>
    /// <param name="quality">TQ; <see langword="null"/> where the references are unknown.</param>
    /// <param name="coverage">SACo; <see langword="null"/> where the reference is unknown.</param>
    /// <returns>The advice.</returns>
    public static DatasetAdvice Of(double? quality, double? coverage)
    {
        var (tq, saco) = (Text("TQ", quality), Text("SACo", coverage));
        if (quality is null && coverage is null) return new("unknown", "Neither TQ nor SACo is known: give returns of random play and of an expert, and a data set that covers the task, such as a learner's replay.");
        if (quality is null) return coverage >= High
            ? new("the DQN family (DQN, QRDQN, REM), or constrained learners (BCQ, CQL, CRR)", $"{saco}, high. TQ is unknown: give returns of random play and of an expert.")
            : new("constrained learners (BCQ, CQL, CRR), or cloning if the play is good", $"{saco}, not high, so plain Q-learning would trust actions that nobody tried. TQ is unknown: give returns of random play and of an expert.");
        if (coverage is null) return quality >= High
            ? new("behaviour cloning", $"{tq}, high. SACo is unknown: give a data set that covers the task.")
            : new("constrained learners (BCQ, CQL, CRR)", $"{tq}, not high, so cloning would repeat mediocre play. SACo is unknown: give a data set that covers the task.");
        if (quality >= High && coverage >= High) return new("constrained learners (BCQ, CQL, CRR); cloning and the DQN family work too", $"{tq} and {saco}, both high.");
        if (quality >= High) return new("behaviour cloning, or constrained learners (BCQ, CQL, CRR)", $"{tq}, high; {saco}, too little for plain Q-learning.");
        if (coverage >= High) return new("the DQN family (DQN, QRDQN, REM), or constrained learners (BCQ, CQL, CRR)", $"{saco}, high; {tq}, so cloning would repeat mediocre play.");
        if (quality >= Moderate && coverage >= Moderate) return new("constrained learners (BCQ, CQL, CRR)", $"{tq} and {saco}, both moderate.");
        return new("none with confidence: record more", $"{tq} and {saco}: neither is high, and not both are moderate.");
    }

    private static string Text(string name, double? value) => value is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{name} is {value:0.00}");
}
