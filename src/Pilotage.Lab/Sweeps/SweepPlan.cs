using System.Globalization;
using Pilotage.Lab.Sweeps.Search;
using Pilotage.Lab.Sweeps.Targets;
using Pilotage.Lab.Sweeps.Tuners;
using Pilotage.Settings;

namespace Pilotage.Lab.Sweeps;

/// <summary>A sweep before its first trial: what is tuned, over which ranges, by whom, and what that costs.</summary>
internal sealed class SweepPlan
{
    private const int UsualTrials = 24;

    private readonly SweepSettings _settings;
    private readonly string? _budget;
    private readonly double _whole;

    private SweepPlan(ISweepTarget target, SweepSettings settings, SearchSpace space, string? budget, ITuner tuner)
    {
        (Target, _settings, Space, _budget, Tuner) = (target, settings, space, budget, tuner);
        _whole = budget is null ? 0 : Convert.ToDouble(ValueOf(target, budget), CultureInfo.InvariantCulture);
    }

    /// <summary>What is tuned.</summary>
    public ISweepTarget Target { get; }

    /// <summary>The ranges.</summary>
    public SearchSpace Space { get; }

    /// <summary>Chooses candidates.</summary>
    public ITuner Tuner { get; }

    /// <summary>What the search and the verdict cost.</summary>
    public SweepCost Cost => new(Tuner.ArmCount, Tuner.Cost, _settings.TuningSeeds, _settings.TestSeeds);

    /// <summary>Makes the plan and refuses what cannot be searched.</summary>
    /// <param name="target">What is tuned.</param>
    /// <param name="settings">The sweep's settings.</param>
    /// <param name="seeds">The tuner draws from them.</param>
    /// <exception cref="UserMistakeException">Ranges, budget or number of trials cannot be used; holds all problems of one kind.</exception>
    public static SweepPlan Of(ISweepTarget target, SweepSettings settings, TuningSeeds seeds)
    {
        var space = new SearchSpace(RangeText.Read(settings.Vary, target.Schema, target.Start));
        var start = StartValues(target, space);
        var budget = settings.Method == SweepMethod.Halving ? BudgetOf(target, settings, space) : null;
        var trials = settings.Trials ?? UsualTrials;
        if (settings.Method == SweepMethod.Grid) CheckGrid(space, start, settings.Trials);
        if (settings.Method == SweepMethod.Halving && trials < settings.Rounds)
            throw Mistake("PIL2010", FormattableString.Invariant($"trials = {trials} is less than one whole training in each of {settings.Rounds} rounds."), "Give more trials or fewer rounds.");
        ITuner tuner = settings.Method switch
        {
            SweepMethod.Grid => new GridTuner(space, start),
            SweepMethod.Random => new RandomTuner(space, start, trials, seeds.Tuner),
            SweepMethod.Halving => new HalvingTuner(space, start, trials, settings.Eta, settings.Rounds, seeds.Tuner),
            _ => new BayesianTuner(space, start, trials, settings.Batch, seeds.Tuner),
        };
        var plan = new SweepPlan(target, settings, space, budget, tuner);
        if (budget is not null) plan.CheckFirstRound(HalvingTuner.ShareOf(0, settings.Eta, settings.Rounds));
        return plan;
    }

    /// <summary>What a proposal changes of the start: nothing for the default on its whole budget.</summary>
    public IReadOnlyDictionary<string, string> Changes(Proposal proposal)
    {
        var changes = new OrderedDictionary<string, string>();
        if (!proposal.Candidate.IsDefault) foreach (var (range, value) in Space.Ranges.Zip(proposal.Candidate.Values)) changes.Add(range.Key, value);
        if (_budget is not null && proposal.Share < 1) changes.Add(_budget, Math.Max(1, Math.Round(_whole * proposal.Share)).ToString("F0", CultureInfo.InvariantCulture));
        return changes;
    }

    /// <summary>The varied settings of a candidate by key, for those who read.</summary>
    public IReadOnlyDictionary<string, string> ValuesOf(Candidate candidate)
    {
        var values = new OrderedDictionary<string, string>();
        foreach (var (range, value) in Space.Ranges.Zip(candidate.Values)) values.Add(range.Key, value);
        return values;
    }

    // A part of the budget that the default itself cannot run on is no first round for anybody.
    private void CheckFirstRound(double share)
    {
        var smallest = Changes(new(new(0, []), 0, share));
        try
        {
            SettingsBinder.Bind(Target.Schema, Target.Start, SettingSource.FromCode(smallest, "the first round's budget"));
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException([
                .. mistake.Problems,
                new Mistake("PIL2009", $"The first round of halving runs on {_budget} = {smallest[_budget!]}, which the default cannot.", "", "Give a larger budget, fewer --rounds or a smaller --eta.").ToString(),
            ]);
        }
    }

    private static string[] StartValues(ISweepTarget target, SearchSpace space)
    {
        var all = SettingsText.Flatten(target.Schema, target.Start).ToDictionary(pair => pair.Key, pair => pair.Value);
        return [.. space.Ranges.Select(range => range.Kind == RangeKind.List ? Listed(range, all[range.Key]) : all[range.Key])];
    }

    // [64, 64] and [64,64] are one value, 0.001 and 1e-3 too: the user's spelling is the one that is compared.
    private static string Listed(SettingRange range, string value) => range.Values.FirstOrDefault(one => Same(one, value)) ?? value;

    private static bool Same(string a, string b) =>
        a.Replace(" ", "", StringComparison.Ordinal) == b.Replace(" ", "", StringComparison.Ordinal)
        || double.TryParse(a, CultureInfo.InvariantCulture, out var x) && double.TryParse(b, CultureInfo.InvariantCulture, out var y) && x == y;

    private static string BudgetOf(ISweepTarget target, SweepSettings settings, SearchSpace space)
    {
        var given = settings.Budget ?? target.UsualBudget
            ?? throw Mistake("PIL2009", $"Halving tries candidates on a part of the budget, and {target.Title} has several settings that may be it.", "Name one with --budget, such as the number of updates of the arm, or use another --method.");
        var key = target.Schema.Keys.FirstOrDefault(known => RangeText.Fold(known) == RangeText.Fold(given));
        if (key is null)
        {
            var meant = NearestName.Suggest(given, target.Schema.Keys) is { } nearest ? $"Did you mean {nearest}?" : "pilotage show lists the settings.";
            throw Mistake("PIL0101", $"{given} is not a setting of {target.Schema.Name}, so it cannot be the budget.", meant);
        }
        var field = RangeText.FieldOf(target.Schema, key);
        if (field.IsList || field.Value != SettingValue.Int32 && field.Value != SettingValue.Int64) throw Mistake("PIL2009", $"{key} takes {field.TypeName} and not a whole number, so it cannot be the budget.", "Name a number of steps or updates.");
        if (space.Ranges.Any(range => range.Key == key)) throw Mistake("PIL2009", $"{key} is the budget of a trial and varied too.", "Vary it with another --method, or name another --budget.");
        return key;
    }

    private static void CheckGrid(SearchSpace space, string[] start, int? trials)
    {
        const int most = 100_000;
        var count = space.GridCount;
        if (count > most) throw Mistake("PIL2010", FormattableString.Invariant($"The grid has {count:N0} points."), "Give fewer points, or use --method random.");
        count += space.Grid.Any(values => values.SequenceEqual(start)) ? 0 : 1;
        if (trials is { } budget && budget < count)
            throw Mistake("PIL2010", FormattableString.Invariant($"The grid has {count} candidates, the default among them; trials = {budget}."), "Give fewer points (a number behind a range, such as :log:3), more trials, or use --method random.");
    }

    private static string ValueOf(ISweepTarget target, string key) => SettingsText.Flatten(target.Schema, target.Start).First(pair => pair.Key == key).Value;

    private static UserMistakeException Mistake(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());
}
