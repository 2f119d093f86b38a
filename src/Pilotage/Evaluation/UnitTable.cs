using Pilotage.Evaluation.Statistics;

namespace Pilotage.Evaluation;

/// <summary>The values of one metric for two arms on the same seeds and instances, [seed][instance], from which units are formed.</summary>
internal sealed class UnitTable
{
    private UnitTable(double[][] a, double[][] b, bool shared, int seeds) => (A, B, IsShared, SeedCount) = (a, b, shared, seeds);

    /// <summary>Values of the first arm.</summary>
    public double[][] A { get; }

    /// <summary>Values of the second arm.</summary>
    public double[][] B { get; }

    /// <summary>Whether column i is the same instance for every seed.</summary>
    public bool IsShared { get; }

    public int SeedCount { get; }

    /// <summary>How the units were formed, in words.</summary>
    public string Formed(Replication unit) => unit switch
    {
        Replication.Instance => FormattableString.Invariant($"{(IsShared ? A[0].Length : A.Sum(s => s.Length))} instances{(SeedCount == 1 ? "" : $", mean over {SeedCount} seeds")}"),
        Replication.Seed => FormattableString.Invariant($"{SeedCount} seeds{PerSeed}"),
        _ => FormattableString.Invariant($"{SeedCount} seeds, then {A[0].Length}{(IsShared ? " shared" : "")} instances"),
    };

    private string PerSeed => A[0].Length == 1 ? "" : FormattableString.Invariant($", mean over {A[0].Length} instances each");

    public static UnitTable Of(StudyResults results, string a, string b, string metric, Func<string, bool>? instances)
    {
        var seedsA = Seeds(results, a);
        var seedsB = Seeds(results, b);
        var seeds = seedsA.Count >= seedsB.Count ? seedsA : seedsB;
        var (rowsA, rowsB) = (new double[seeds.Count][], new double[seeds.Count][]);
        string[]? columns = null;
        var shared = true;
        for (var s = 0; s < seeds.Count; s++)
        {
            var valuesA = Selected(results, a, seeds[s], metric, instances);
            var valuesB = a == b ? valuesA : Selected(results, b, seeds[s], metric, instances);
            columns ??= [.. valuesA.Keys];
            var ownColumns = valuesA.Count == columns.Length && columns.All(valuesA.ContainsKey) ? columns : [.. valuesA.Keys];
            shared &= ReferenceEquals(ownColumns, columns);
            if (valuesB.Count != valuesA.Count) ThrowUnpaired(a, b, seeds[s], metric, valuesA.Keys, valuesB.Keys);
            rowsA[s] = [.. ownColumns.Select(i => valuesA[i])];
            rowsB[s] = [.. ownColumns.Select(i => valuesB.TryGetValue(i, out var value) ? value : ThrowUnpaired(a, b, seeds[s], metric, valuesA.Keys, valuesB.Keys))];
        }
        return new(rowsA, rowsB, shared, seeds.Count);
    }

    /// <summary>One pair of means a unit: over a seed's instances, or over an instance's seeds. Instances that are not shared are units on their own.</summary>
    public (double A, double B)[] Units(Replication unit)
    {
        if (unit != Replication.Instance) return [.. A.Zip(B, (a, b) => (Sample.Mean(a), Sample.Mean(b)))];
        if (!IsShared) return [.. A.SelectMany(a => a).Zip(B.SelectMany(b => b))];
        var units = new (double A, double B)[A[0].Length];
        for (var i = 0; i < units.Length; i++)
        {
            var (sumA, sumB) = (0.0, 0.0);
            for (var s = 0; s < SeedCount; s++) (sumA, sumB) = (sumA + A[s][i], sumB + B[s][i]);
            units[i] = (sumA / SeedCount, sumB / SeedCount);
        }
        return units;
    }

    /// <summary>Units of a function of both arms' values, with the hierarchical bootstrap beside them where seeds come first and instances second.</summary>
    public IInference Infer(EffectRule rule, Func<double, double, double> combine)
    {
        var bySeedOrInstance = rule.OfMean(Units(rule.Unit).Select(u => combine(u.A, u.B)).ToArray());
        if (rule.Unit != Replication.SeedThenInstance) return bySeedOrInstance;
        var cells = A.Zip(B, (a, b) => a.Zip(b, combine).ToArray()).ToArray();
        return new StrictestInference(bySeedOrInstance, PercentileBootstrap.Hierarchical(cells, IsShared, rule.Seeds, rule.Resamples));
    }

    private static IReadOnlyList<int> Seeds(StudyResults results, string arm)
    {
        var seeds = results.SeedsOf(arm);
        return seeds.Count > 0 ? seeds : throw new InvalidOperationException($"The study has no results of an arm '{arm}'.");
    }

    private static IReadOnlyDictionary<string, double> Selected(StudyResults results, string arm, int seed, string metric, Func<string, bool>? instances)
    {
        var values = results.Values(arm, seed, metric);
        if (instances is not null) values = new OrderedDictionary<string, double>(values.Where(v => instances(v.Key)));
        if (values.Count > 0) return values;
        throw new InvalidOperationException(FormattableString.Invariant(
            $"Arm '{arm}', seed {seed} has no value of metric '{metric}'{(instances is null ? "" : " on the selected instances")}; it measured: {string.Join(", ", results.MetricsOf(arm))}."));
    }

    private static double ThrowUnpaired(string a, string b, int seed, string metric, IEnumerable<string> instancesA, IEnumerable<string> instancesB)
    {
        var (setA, setB) = (instancesA.ToHashSet(), instancesB.ToHashSet());
        var onlyA = setA.Except(setB).Order(StringComparer.Ordinal).FirstOrDefault();
        var (has, lacks, instance) = onlyA is null ? (b, a, setB.Except(setA).Order(StringComparer.Ordinal).First()) : (a, b, onlyA);
        throw new InvalidOperationException(FormattableString.Invariant(
            $"Arms '{a}' and '{b}' do not pair: at seed {seed} '{has}' measured '{metric}' on instance '{instance}', '{lacks}' did not."));
    }
}
