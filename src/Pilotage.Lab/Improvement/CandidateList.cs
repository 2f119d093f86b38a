using System.Globalization;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Settings;

namespace Pilotage.Lab.Improvement;

/// <summary>Which learners a problem is tried with, and the settings that each chooses from.</summary>
/// <remarks>
/// Few and far apart: what differs most between problems is how far ahead one must look and how fast one may learn. Values are the usual ones of the
/// algorithms' settings; none was fitted to a problem of this repository.
/// </remarks>
internal static class CandidateList
{
    private static readonly Dictionary<string, Variant[]> Variants = new()
    {
        ["ppo"] =
        [
            new("steady", "environmentCount=8", "horizon=128", "epochs=10", "minibatches=16", "learningRate=3e-4", "discount=0.99"),
            new("fast", "environmentCount=8", "horizon=128", "epochs=10", "minibatches=16", "learningRate=1e-3", "discount=0.99"),
            new("short-sighted", "environmentCount=8", "horizon=128", "epochs=10", "minibatches=16", "learningRate=1e-3", "discount=0.9"),
        ],
        ["dqn"] =
        [
            new("steady", "environmentCount=8", "updatesPerPeriod=2", "targetPeriod=250", "learningRate=5e-4", "discount=0.99", "bootstrapSteps=3", "annealLearningRate=true"),
            new("fast", "environmentCount=8", "updatesPerPeriod=2", "targetPeriod=250", "learningRate=2e-3", "discount=0.99", "bootstrapSteps=3", "annealLearningRate=true"),
            new("short-sighted", "environmentCount=8", "updatesPerPeriod=2", "targetPeriod=250", "learningRate=1e-3", "discount=0.9", "bootstrapSteps=1", "annealLearningRate=true"),
        ],
        ["sac"] =
        [
            new("far-sighted", "discount=0.99"),
            new("short-sighted", "discount=0.9"),
        ],
    };

    /// <summary>The candidates for a problem: one list of variants for each learner.</summary>
    /// <param name="spec">The problem.</param>
    /// <param name="options">Names the learners, or leaves the choice here; gives the steps.</param>
    /// <returns>At least one learner with at least one variant each.</returns>
    /// <exception cref="UserMistakeException">A name is unknown, a learner cannot learn the problem, or settings do not fit the steps.</exception>
    public static IReadOnlyList<IReadOnlyList<Candidate>> For(EnvironmentSpec spec, ImproveOptions options)
    {
        var problems = new List<string>();
        var lists = new List<IReadOnlyList<Candidate>>();
        foreach (var name in options.Algorithms.Count > 0 ? options.Algorithms : Usual(spec))
        {
            try
            {
                var entry = AlgorithmCatalog.Find(name);
                if (!entry.UsesTensors) problems.Add(new Mistake("PIL0821", $"{entry.Name} keeps a table over a grid, and {spec.Name} has none.", "algorithms", $"Use {string.Join(" or ", Usual(spec))}.").ToString());
                else if (entry.Refusal(spec) is { } refusal) problems.Add(new Mistake("PIL0211", refusal, "algorithms", "Choose another algorithm, or none to leave the choice to the program.").ToString());
                else lists.Add([.. VariantsOf(entry).Select(variant => Make(entry, spec, variant, options.Steps))]);
            }
            catch (UserMistakeException mistake)
            {
                problems.AddRange(mistake.Problems);
            }
        }
        UserMistakeException.ThrowIfAny(problems);
        return lists;
    }

    private static IReadOnlyList<string> Usual(EnvironmentSpec spec)
    {
        string[] wished = spec.Actions switch
        {
            ActionSpace.Discrete => ["ppo", "dqn"],
            ActionSpace.Box => ["ppo", "sac"],
            _ => ["ppo"],
        };
        return [.. wished.Where(name => AlgorithmCatalog.All.Any(entry => entry.Name == name && entry.Refusal(spec) is null))];
    }

    private static Variant[] VariantsOf(AlgorithmEntry entry) => Variants.TryGetValue(entry.Name, out var variants) ? variants : [new("defaults")];

    private static Candidate Make(AlgorithmEntry entry, EnvironmentSpec spec, Variant variant, long steps)
    {
        var values = variant.Settings.Select(assignment => assignment.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1])).ToList();
        values.Add(new("steps", steps.ToString(CultureInfo.InvariantCulture)));
        if (entry.Settings.Fields.Any(field => field.Key == "learningStarts"))
            values.Add(new("learningStarts", Math.Clamp(steps / 50, 200, 5_000).ToString(CultureInfo.InvariantCulture)));
        var settings = SettingsBinder.Bind(entry.Settings, entry.DefaultsFor(spec.Name), SettingSource.FromCode(values, $"{entry.Name} {variant.Name}"));
        var discount = entry.Settings.Fields.FirstOrDefault(field => field.Key == "discount")?.Read(settings) is double gamma ? gamma : 0.99;
        return new(entry, variant.Name, settings, discount);
    }

    private sealed record Variant(string Name, params string[] Settings);
}
