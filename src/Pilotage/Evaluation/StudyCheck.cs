namespace Pilotage.Evaluation;

/// <summary>What must hold of a study before anything runs.</summary>
internal static class StudyCheck
{
    /// <summary>Refuses a study that is built wrongly, then one whose claims no result could pass.</summary>
    /// <exception cref="InvalidOperationException">The study has defects of its own.</exception>
    /// <exception cref="UserMistakeException">Some claim cannot pass with so few seeds or instances.</exception>
    public static void ThrowIfUnusable(IStudy study, Scale scale)
    {
        var defects = Defects(study).ToList();
        if (defects.Count > 0) throw new InvalidOperationException(string.Join(Environment.NewLine, defects));
        if (scale != Scale.Smoke) UserMistakeException.ThrowIfAny([.. study.Claims.Select(c => Hopeless(c, study.SeedCount)).OfType<string>()]);
    }

    private static IEnumerable<string> Defects(IStudy study)
    {
        // Ignoring case, because trials are kept in files that some systems name without it.
        foreach (var name in Repeated(study.Arms.Select(a => a.Name), StringComparer.OrdinalIgnoreCase)) yield return $"The study has two arms named '{name}'.";
        foreach (var id in Repeated(study.Claims.Select(c => c.Id), StringComparer.Ordinal)) yield return $"The study has two claims with the id '{id}'.";
        foreach (var name in Repeated(study.Metrics.Select(m => m.Name), StringComparer.Ordinal)) yield return $"The study has two metrics named '{name}'.";
        if (study.Arms.Any(a => string.IsNullOrWhiteSpace(a.Name))) yield return "The study has an arm without a name.";
        if (study.Arms.All(a => a.Kind != ArmKind.Heuristic)) yield return "The study has no heuristic arm: a table needs the rule that decides today.";
        if (study.Arms.All(a => a.Name != study.ReferenceArm)) yield return $"The study's reference arm '{study.ReferenceArm}' is not among its arms: {string.Join(", ", study.Arms.Select(a => a.Name))}.";
        if (study.Metrics.Count == 0) yield return "The study has no metric.";
        if (study.SeedCount < 1) yield return FormattableString.Invariant($"The study has {study.SeedCount} seeds; it needs at least 1.");
        foreach (var claim in study.Claims)
        {
            if (!(claim.Level > 0 && claim.Level < 1)) yield return FormattableString.Invariant($"Claim '{claim.Id}' has the level {claim.Level}; a level lies in (0, 1).");
            if (claim.Comparisons < 1) yield return FormattableString.Invariant($"Claim '{claim.Id}' has {claim.Comparisons} comparisons; it is at least one itself.");
            if (!(claim.Holds.Low < claim.Holds.High)) yield return FormattableString.Invariant($"Claim '{claim.Id}' holds nowhere: its region goes from {claim.Holds.Low} to {claim.Holds.High}.");
            if (double.IsInfinity(claim.Holds.Low) && double.IsInfinity(claim.Holds.High)) yield return $"Claim '{claim.Id}' cannot fail: its region has no border.";
        }
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> names, StringComparer comparer) =>
        names.GroupBy(n => n, comparer).Where(g => g.Skip(1).Any()).Select(g => g.Key);

    // Fewer units than the claim's minimum are no mistake: it is not evaluated, and says what it needs.
    private static string? Hopeless(Claim claim, int seeds)
    {
        var (planned, unit) = claim.Unit == Replication.Instance ? (claim.PlannedUnits, "instances") : (seeds, "seeds");
        if (claim.SmallestP is null || planned is not { } units || units < claim.MinimumUnits || claim.CanPass(claim.SmallestP(units))) return null;
        var cure = claim.UnitsNeeded() is { } needed ? FormattableString.Invariant($"use at least {needed} {unit}") : "its level is too strict for any number: a defect of the study";
        var corrected = Math.Min(1, claim.SmallestP(units) * claim.Comparisons);
        var family = claim.Comparisons == 1 ? "" : FormattableString.Invariant($", corrected for {claim.Comparisons} comparisons,");
        return FormattableString.Invariant($"Claim '{claim.Id}' could not pass with {units} {unit}: the smallest p that they can give{family} ")
            + FormattableString.Invariant($"is {corrected:G3}, its level {claim.Level}; {cure}.");
    }
}
