namespace Pilotage.Evaluation;

/// <summary>A claim with its verdict.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Effect">What was measured.</param>
/// <param name="Verdict">What the interval says.</param>
/// <param name="Note">Why there is no verdict and what would give one; empty otherwise.</param>
public sealed record JudgedClaim(Claim Claim, Effect Effect, Verdict Verdict, string Note)
{
    /// <summary>Measures and judges a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="results">All measurements.</param>
    /// <param name="scale">Smoke scale gives no verdict.</param>
    /// <returns>The judged claim.</returns>
    /// <exception cref="InvalidOperationException">The claim cannot be measured: it names an arm, metric or instance that is not there.</exception>
    /// <exception cref="RunFailedException">The effect's estimate is not a number.</exception>
    public static JudgedClaim Of(Claim claim, StudyResults results, Scale scale)
    {
        Effect effect;
        try
        {
            effect = claim.Measure(results);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"Claim '{claim.Id}' cannot be measured: {e.Message}", e);
        }
        if (!double.IsFinite(effect.Estimate)) throw new RunFailedException(FormattableString.Invariant($"Claim '{claim.Id}' measured {effect.Estimate}; an estimate must be finite."));
        var canPass = claim.CanPass(effect.SmallestAttainableP);
        var verdict = canPass ? claim.Judge(effect, scale) : Verdict.NotEvaluated;
        return new(claim, effect, verdict, verdict == Verdict.NotEvaluated ? Missing(claim, effect, scale) : "");
    }

    private static string Missing(Claim claim, Effect effect, Scale scale)
    {
        var unit = claim.Unit == Replication.Instance ? "instance" : "seed";
        var needed = claim.UnitsNeeded();
        var needs = needed is { } count ? FormattableString.Invariant($"{count} {unit}{(count == 1 ? "" : "s")}") : $"more {unit}s or a less strict level";
        return scale == Scale.Smoke ? $"smoke scale gives no verdict; needs laptop scale and {needs}"
            : FormattableString.Invariant($"needs {needs}, got {effect.Units}");
    }
}
