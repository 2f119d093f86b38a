using Pilotage.Environments;

namespace Pilotage.Policies.Descriptors;

/// <summary>An <see cref="EnvironmentSpec"/> as it stands in <c>policy.json</c>.</summary>
internal sealed record EnvironmentText(
    string Name, int ObservationSize, IReadOnlyList<string> ObservationNames, ActionsText Actions, string RewardUnit, int? TimeLimit = null, double? SolvedAt = null,
    CandidateLayout? Candidates = null)
{
    public static EnvironmentText Of(EnvironmentSpec spec) =>
        new(spec.Name, spec.ObservationSize, spec.ObservationNames, ActionsText.Of(spec.Actions), spec.RewardUnit, spec.TimeLimit, spec.SolvedAt, spec.Candidates);

    /// <exception cref="InvalidDataException">A size is impossible.</exception>
    public EnvironmentSpec ToSpec() => new()
    {
        Name = Name,
        ObservationSize = ObservationSize >= 1 ? ObservationSize : throw new InvalidDataException($"observationSize is {ObservationSize}; it is at least 1"),
        ObservationNames = ObservationNames,
        Actions = Actions.ToSpace(),
        RewardUnit = RewardUnit,
        TimeLimit = TimeLimit,
        SolvedAt = SolvedAt,
        Candidates = Candidates is null || (Candidates.Count >= 1 && Candidates.Features >= 1 && Candidates.Context >= 0 && Candidates.Size == ObservationSize) ? Candidates
            : throw new InvalidDataException($"its candidates have {Candidates.Size} numbers and the observation {ObservationSize}"),
    };
}

/// <summary>An <see cref="ActionSpace"/>: <c>discrete</c> with one count, <c>multi-discrete</c> with several, <c>box</c> with bounds, or <c>composite</c> with counts and bounds.</summary>
internal sealed record ActionsText(string Kind, IReadOnlyList<int>? Counts = null, bool? Masked = null, IReadOnlyList<float>? Low = null, IReadOnlyList<float>? High = null)
{
    public static ActionsText Of(ActionSpace space) => space switch
    {
        ActionSpace.Discrete discrete => new("discrete", [discrete.Count], discrete.Masked),
        ActionSpace.MultiDiscrete several => new("multi-discrete", several.Counts, several.Masked),
        ActionSpace.Box box => new("box", Low: box.Low, High: box.High),
        ActionSpace.Composite both => new("composite", both.Choices.Counts, both.Choices.Masked, both.Values.Low, both.Values.High),
        _ => throw new UserMistakeException(new Mistake("PIL0601", $"A policy for actions of the kind {space.GetType().Name} cannot be kept in a file.", "", "").ToString()),
    };

    public ActionSpace ToSpace() => Kind switch
    {
        "discrete" when Counts is [>= 1 and var count] => new ActionSpace.Discrete(count, Masked ?? false),
        "multi-discrete" when Counts is { Count: >= 1 } counts && counts.All(count => count >= 1) => new ActionSpace.MultiDiscrete(counts, Masked ?? false),
        "composite" => new ActionSpace.Composite(
            (ActionSpace.MultiDiscrete)(this with { Kind = "multi-discrete" }).ToSpace(), (ActionSpace.Box)(this with { Kind = "box" }).ToSpace()),
        "box" when Low is { Count: >= 1 } low && High is { } high && low.Count == high.Count && low.Zip(high).All(bounds => bounds.First < bounds.Second) => new ActionSpace.Box(low, high),
        _ => throw new InvalidDataException($"its actions are no space of the kind \"{Kind}\""),
    };

    /// <summary>Whether two spaces take the same actions.</summary>
    public static bool Same(ActionSpace one, ActionSpace other) => (one, other) switch
    {
        (ActionSpace.MultiDiscrete a, ActionSpace.MultiDiscrete b) => a.Masked == b.Masked && a.Counts.SequenceEqual(b.Counts),
        (ActionSpace.Box a, ActionSpace.Box b) => a.Low.SequenceEqual(b.Low) && a.High.SequenceEqual(b.High),
        (ActionSpace.Composite a, ActionSpace.Composite b) => Same(a.Choices, b.Choices) && Same(a.Values, b.Values),
        _ => one == other,
    };

    /// <summary>A space in words, for messages.</summary>
    public static string Words(ActionSpace space) => space switch
    {
        ActionSpace.Discrete one => $"one of {one.Count} actions{(one.Masked ? ", masked" : "")}",
        ActionSpace.MultiDiscrete many => $"choices among {string.Join(" x ", many.Counts)}{(many.Masked ? ", masked" : "")}",
        ActionSpace.Box box => FormattableString.Invariant($"a box from [{string.Join(", ", box.Low)}] to [{string.Join(", ", box.High)}]"),
        ActionSpace.Composite both => $"{Words(both.Choices)} and {Words(both.Values)}",
        _ => space.GetType().Name,
    };
}
