using Pilotage.Environments;

namespace Pilotage.Datasets;

/// <summary>Which column of a table holds what. Columns of no other meaning are the observation, in their order.</summary>
internal sealed class TransitionColumns
{
    public const string Episode = "episode", Step = "step", Action = "action", Reward = "reward", Terminated = "terminated", Truncated = "truncated", Done = "done";
    public const string ActionPrefix = "action_", LegalPrefix = "legal_", NextPrefix = "next_";

    private readonly Dictionary<string, int> _places = [];

    /// <summary>Sorts the columns.</summary>
    /// <param name="file">Named in messages.</param>
    /// <param name="names">As the file has them.</param>
    /// <exception cref="UserMistakeException">A column is missing, is there twice, or lacks its fellows (PIL1122).</exception>
    public TransitionColumns(string file, IReadOnlyList<string> names)
    {
        if (names.Count == 0) throw new UserMistakeException(new Mistake("PIL1122", $"{file} is empty.", "", "Begin with the names of the columns.").ToString());
        Names = names;
        var problems = new List<string>();
        for (var i = 0; i < names.Count; i++)
            if (!_places.TryAdd(names[i], i)) Wrong($"The column {names[i]} is there twice.", "Rename one of them.");
        Actions = Place(Action) is >= 0 and var single ? [single] : Numbered(ActionPrefix);
        Legal = Numbered(LegalPrefix);
        Observation = [.. Enumerable.Range(0, names.Count).Where(i => IsObservation(names[i]))];
        Next = [.. Observation.Select(i => Place(NextPrefix + names[i])).Where(place => place >= 0)];

        if (Actions.Length == 0) Wrong($"There is no column {Action} (or {ActionPrefix}0, {ActionPrefix}1, …).", "Name the column of what was done so.");
        if (Place(Reward) < 0) Wrong($"There is no column {Reward}.", "Name the column of what each step earned so.");
        if (Place(Terminated) < 0 && Place(Done) < 0) Wrong($"There is no column {Terminated} (with {Truncated}) nor {Done}.", "Say where episodes end; pieces without an end have no return.");
        if (Observation.Length == 0) Wrong("No column is left for the observation.", "Every column without another meaning belongs to it.");
        if (Next.Length > 0 && Next.Length < Observation.Length) Wrong($"{Next.Length} of {Observation.Length} columns of the observation have one of the next observation.", $"Give all, named {NextPrefix}…, or none.");
        UserMistakeException.ThrowIfAny(problems);

        void Wrong(string what, string advice) => problems.Add(new Mistake("PIL1122", what, file, $"{advice} The columns are {string.Join(", ", names.Take(12))}{(names.Count > 12 ? ", …" : "")}.").ToString());
    }

    /// <summary>All names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Places of the observation's columns.</summary>
    public int[] Observation { get; }

    /// <summary>Places of the next observation's columns; empty without them.</summary>
    public int[] Next { get; }

    /// <summary>Places of the action's columns.</summary>
    public int[] Actions { get; }

    /// <summary>Places of the flags of legal actions; empty without mask.</summary>
    public int[] Legal { get; }

    /// <summary>Where a column stands; -1 if it is not there.</summary>
    public int Place(string name) => _places.GetValueOrDefault(name, -1);

    /// <summary>The columns under which a data set of an environment is written.</summary>
    public static IReadOnlyList<string> Of(EnvironmentSpec spec) =>
    [
        Episode, Step, .. ObservationNames(spec),
        .. spec.Actions.IndexCount + spec.Actions.ValueCount == 1 ? [Action] : Enumerable.Range(0, spec.Actions.IndexCount + spec.Actions.ValueCount).Select(i => $"{ActionPrefix}{i}"),
        .. Enumerable.Range(0, spec.Actions.LegalCount).Select(i => $"{LegalPrefix}{i}"), Reward, Terminated, Truncated,
    ];

    /// <summary>The environment's names where they can be told from other columns, else state_0, state_1, …</summary>
    private static IEnumerable<string> ObservationNames(EnvironmentSpec spec) =>
        spec.ObservationNames.Count == spec.ObservationSize && spec.ObservationNames.Distinct().Count() == spec.ObservationSize && spec.ObservationNames.All(name => IsObservation(name) && name.AsSpan().IndexOfAny(',', '"', '\n') < 0)
            ? spec.ObservationNames
            : Enumerable.Range(0, spec.ObservationSize).Select(i => $"state_{i}");

    private static bool IsObservation(string name) =>
        name is not (Episode or Step or Action or Reward or Terminated or Truncated or Done) && !name.StartsWith(ActionPrefix, StringComparison.Ordinal)
        && !name.StartsWith(LegalPrefix, StringComparison.Ordinal) && !name.StartsWith(NextPrefix, StringComparison.Ordinal);

    private int[] Numbered(string prefix)
    {
        var places = new List<int>();
        while (_places.TryGetValue(FormattableString.Invariant($"{prefix}{places.Count}"), out var place)) places.Add(place);
        return [.. places];
    }
}
