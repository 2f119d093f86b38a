using System.Globalization;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Experience.Datasets;

namespace Pilotage.Datasets;

/// <summary>Makes a data set of rows as files hold them, and gathers what is wrong with them.</summary>
/// <param name="file">Named in messages.</param>
/// <param name="columns">What stands where.</param>
/// <param name="reading">What the file does not say.</param>
/// <param name="described">What the file says of itself; <see langword="null"/> for nothing.</param>
internal sealed class TransitionTable(string file, TransitionColumns columns, DatasetReading reading, DatasetText? described)
{
    private const int Shown = 20;                       // problems; more are counted
    private readonly List<string> _problems = [];
    private readonly List<Draft> _episodes = [];
    private readonly bool _isFlagged = columns.Place(TransitionColumns.Terminated) >= 0;
    private Draft? _running;
    private int _wrong;
    private int _conflated;                             // ends that the file calls done, whatever they were
    private int _unknown;                               // truncated episodes and pieces of whose last step nothing tells what it led to
    private double _largestAction;
    private bool _isReal;                               // some action is no whole number

    /// <summary>What a cell is called in messages.</summary>
    public string RowName { get; init; } = "line";

    /// <summary>Says that something is wrong with a row.</summary>
    public void Wrong(string code, string what, long line, string column, string advice)
    {
        if (++_wrong > Shown) return;
        var where = column.Length > 0 ? $"{file}, {RowName} {line}, column {column}" : $"{file}, {RowName} {line}";
        _problems.Add(new Mistake(code, what, where, advice).ToString());
    }

    /// <summary>Adds a row.</summary>
    /// <param name="line">Where it stands, from 1.</param>
    /// <param name="cells">One per column.</param>
    /// <param name="isEmpty">Whether nothing stands in a cell.</param>
    public void Add(long line, ReadOnlySpan<double> cells, ReadOnlySpan<bool> isEmpty)
    {
        var before = _wrong;
        CheckNumbers(line, cells, isEmpty, columns.Observation);
        var reward = columns.Place(TransitionColumns.Reward);
        var episode = Optional(cells, isEmpty, TransitionColumns.Episode);
        if (_running is { } running && (running.IsOver || !double.IsNaN(episode) && episode != running.Id)) _running = null;
        var isFinal = isEmpty[reward] && AreEmpty(isEmpty, columns.Actions);
        if (isFinal)
        {
            var owner = _running ?? (_episodes.Count > 0 && _episodes[^1].Final.Length == 0 ? _episodes[^1] : null);
            if (owner is null || !double.IsNaN(episode) && owner.Id != episode) Wrong("PIL1126", "This row has neither action nor reward, and follows no transition of its episode.", line, "", "Remove it; a row of an observation alone stands after an episode's last transition.");
            else if (_wrong == before) owner.Final = Pick(cells, columns.Observation);
            if (owner is not null) (owner.FinalLegal, _running) = (Flags(cells, columns.Legal), null);
            return;
        }
        CheckNumbers(line, cells, isEmpty, columns.Actions);
        CheckNumbers(line, cells, isEmpty, columns.Legal);
        CheckNumbers(line, cells, isEmpty, columns.Next);
        CheckNumbers(line, cells, isEmpty, [reward]);
        var end = EndOf(line, cells, isEmpty);
        var draft = _running ?? Begin(episode);
        CheckStep(line, cells, isEmpty, draft);
        if (_wrong == before) CheckActions(line, cells);
        if (_wrong == before)
        {
            draft.Observations.AddRange(Pick(cells, columns.Observation));
            draft.Actions.AddRange(Pick(cells, columns.Actions));
            draft.Legal.AddRange(Flags(cells, columns.Legal));
            draft.Rewards.Add((float)cells[reward]);
            draft.Next = Pick(cells, columns.Next);
        }
        draft.End = end;
    }

    /// <summary>All that was added.</summary>
    /// <exception cref="UserMistakeException">Something was wrong, or there was nothing.</exception>
    public TransitionDataset ToDataset()
    {
        if (_wrong > Shown) _problems.Add(string.Create(CultureInfo.InvariantCulture, $"… and {_wrong - Shown} more problems in {file}."));
        UserMistakeException.ThrowIfAny(_problems);
        if (reading.ActionCount is not null && columns.Actions.Length != 1)
            throw Mistake("PIL1127", $"A number of actions was given, but an action of {file} has {columns.Actions.Length} columns.", "Leave it out, or keep one column of actions.");
        if (described?.Actions is { } known && known.IndexCount + known.ValueCount != columns.Actions.Length)
            throw Mistake("PIL1127", $"{file} says that an action has {known.IndexCount + known.ValueCount} numbers, but has {columns.Actions.Length} columns for it.", "Record it anew.");
        if (_episodes.Count == 0) throw Mistake("PIL1110", $"{file} has no transition.", "Record or import at least one step.");
        var spec = Spec();
        var steps = new Demonstrations(spec);
        foreach (var draft in _episodes) Append(steps, draft, spec.Actions);
        return new(steps, Origin());
    }

    private void Append(Demonstrations steps, Draft draft, ActionSpace space)
    {
        var size = columns.Observation.Length;
        var final = draft.Final.Length > 0 ? draft.Final : draft.Next;
        if (final.Length == 0)
        {
            if (draft.End != End.Terminated) _unknown++;
            final = [.. draft.Observations[^size..]];
        }
        var (indices, values) = (new List<int>(), new List<float>());
        for (var i = 0; i < draft.Actions.Count; i++)
            if (i % columns.Actions.Length < space.IndexCount) indices.Add((int)draft.Actions[i]);
            else values.Add(draft.Actions[i]);
        var finalLegal = draft.FinalLegal.Length > 0 ? draft.FinalLegal : [.. Enumerable.Repeat(true, space.LegalCount)];
        steps.Add([.. draft.Observations], [.. draft.Legal], [.. indices], [.. values], [.. draft.Rewards], draft.End, final, finalLegal);
    }

    private Draft Begin(double episode)
    {
        _episodes.Add(_running = new() { Id = episode });
        return _running;
    }

    private void CheckNumbers(long line, ReadOnlySpan<double> cells, ReadOnlySpan<bool> isEmpty, ReadOnlySpan<int> places)
    {
        foreach (var place in places)
        {
            if (isEmpty[place]) Wrong("PIL1123", "This cell is empty.", line, columns.Names[place], "Give a finite number.");
            else if (!float.IsFinite((float)cells[place])) Wrong("PIL1123", FormattableString.Invariant($"This cell is {cells[place]}; it must be finite."), line, columns.Names[place], "Correct it, or leave the episode out.");
        }
    }

    private void CheckStep(long line, ReadOnlySpan<double> cells, ReadOnlySpan<bool> isEmpty, Draft draft)
    {
        var step = Optional(cells, isEmpty, TransitionColumns.Step);
        if (!double.IsNaN(step) && !double.IsNaN(draft.LastStep) && step != draft.LastStep + 1)
            Wrong("PIL1126", FormattableString.Invariant($"Step {step} follows step {draft.LastStep} of the same episode."), line, TransitionColumns.Step, "Sort the rows by episode and step, and leave none out.");
        draft.LastStep = step;
    }

    private void CheckActions(long line, ReadOnlySpan<double> cells)
    {
        if (IsKnownReal) { CheckBox(line, cells); return; }
        var indexCount = described?.Actions?.IndexCount ?? columns.Actions.Length;
        for (var i = 0; i < columns.Actions.Length && i < indexCount; i++)
        {
            var action = cells[columns.Actions[i]];
            var count = Count(i);
            if (action == Math.Floor(action) && action >= 0 && (count is null || action < count)) _largestAction = Math.Max(_largestAction, action);
            else if (count is null) _isReal = true;
            else Wrong("PIL1124", FormattableString.Invariant($"The action is {action}; allowed are the whole numbers 0 to {count - 1}."), line, columns.Names[columns.Actions[i]], "Correct it, or say how many actions there are.");
        }
    }

    private void CheckBox(long line, ReadOnlySpan<double> cells)
    {
        if (described?.Actions is not ActionSpace.Box box) return;
        for (var i = 0; i < box.ValueCount; i++)
        {
            var value = cells[columns.Actions[i]];
            if (value < box.Low[i] || value > box.High[i])
                Wrong("PIL1124", FormattableString.Invariant($"The action is {value}; allowed is {box.Low[i]} to {box.High[i]}."), line, columns.Names[columns.Actions[i]], "Clip it to what was done, or correct the bounds.");
        }
    }

    private bool IsKnownReal => reading.ActionCount is null && described?.Actions is ActionSpace.Box;

    private int? Count(int choice) => reading.ActionCount ?? described?.Actions switch
    {
        ActionSpace.Discrete one => one.Count,
        ActionSpace.MultiDiscrete several => several.Counts[choice],
        ActionSpace.Composite both => both.Choices.Counts[choice],
        _ => columns.Legal.Length > 0 ? columns.Legal.Length : null,
    };

    private End EndOf(long line, ReadOnlySpan<double> cells, ReadOnlySpan<bool> isEmpty)
    {
        var (terminated, truncated, done) = (Flag(line, cells, isEmpty, TransitionColumns.Terminated), Flag(line, cells, isEmpty, TransitionColumns.Truncated), Flag(line, cells, isEmpty, TransitionColumns.Done));
        if (_isFlagged) return terminated ? End.Terminated : truncated ? End.Truncated : End.Running;
        if (done && !truncated) _conflated++;
        return truncated ? End.Truncated : done ? End.Terminated : End.Running;
    }

    private bool Flag(long line, ReadOnlySpan<double> cells, ReadOnlySpan<bool> isEmpty, string name)
    {
        var place = columns.Place(name);
        if (place < 0) return false;
        if (!isEmpty[place] && cells[place] is 0 or 1) return cells[place] == 1;
        Wrong("PIL1125", isEmpty[place] ? "This cell is empty; it must be 0 or 1, or true or false." : FormattableString.Invariant($"This cell is {cells[place]}; it must be 0 or 1, or true or false."), line, name, "Say whether the episode ended in this step.");
        return false;
    }

    private EnvironmentSpec Spec()
    {
        var name = described?.Environment is { Length: > 0 } known ? known : Path.GetFileNameWithoutExtension(file);
        return new() { Name = name, ObservationSize = columns.Observation.Length, Actions = Space(), TimeLimit = described?.TimeLimit, ObservationNames = [.. columns.Observation.Select(place => columns.Names[place])] };
    }

    private ActionSpace Space()
    {
        if (reading.ActionCount is { } count) return new ActionSpace.Discrete(count, columns.Legal.Length > 0);
        if (described?.Actions is { } actions) return actions;
        if (columns.Actions.Length == 1 && !_isReal) return new ActionSpace.Discrete(Count(0) ?? (int)_largestAction + 1, columns.Legal.Length > 0);
        var (low, high) = (new float[columns.Actions.Length], new float[columns.Actions.Length]);
        low.AsSpan().Fill(float.PositiveInfinity);
        high.AsSpan().Fill(float.NegativeInfinity);
        foreach (var draft in _episodes)
            for (var i = 0; i < draft.Actions.Count; i++)
            {
                var axis = i % low.Length;
                (low[axis], high[axis]) = (Math.Min(low[axis], draft.Actions[i]), Math.Max(high[axis], draft.Actions[i]));
            }
        for (var axis = 0; axis < low.Length; axis++) if (low[axis] == high[axis]) high[axis] = MathF.BitIncrement(high[axis]);
        return new ActionSpace.Box(low, high);
    }

    private DatasetOrigin Origin()
    {
        var origin = described?.Origin ?? new DatasetOrigin { Note = $"imported from {Path.GetFileName(file)}" };
        var notes = new List<string>();
        if (origin.Note.Length > 0) notes.Add(origin.Note);
        if (_conflated > 0) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{_conflated} ends called done count as terminated; columns terminated and truncated would keep time limits apart"));
        if (_unknown > 0) notes.Add(string.Create(CultureInfo.InvariantCulture, $"of {_unknown} truncated or unfinished episodes the last state stands for what it led to, which the file does not show"));
        return origin with { Note = string.Join("; ", notes) };
    }

    private double Optional(ReadOnlySpan<double> cells, ReadOnlySpan<bool> isEmpty, string name) => columns.Place(name) is >= 0 and var place && !isEmpty[place] ? cells[place] : double.NaN;

    private static UserMistakeException Mistake(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());

    private static bool AreEmpty(ReadOnlySpan<bool> isEmpty, int[] places)
    {
        foreach (var place in places) if (!isEmpty[place]) return false;
        return true;
    }

    private static float[] Pick(ReadOnlySpan<double> cells, int[] places)
    {
        var picked = new float[places.Length];
        for (var i = 0; i < places.Length; i++) picked[i] = (float)cells[places[i]];
        return picked;
    }

    private static bool[] Flags(ReadOnlySpan<double> cells, int[] places)
    {
        var flags = new bool[places.Length];
        for (var i = 0; i < places.Length; i++) flags[i] = cells[places[i]] == 1;
        return flags;
    }

    private sealed class Draft
    {
        public double Id { get; init; }

        public List<float> Observations { get; } = [];

        public List<float> Actions { get; } = [];

        public List<bool> Legal { get; } = [];

        public List<float> Rewards { get; } = [];

        public float[] Next { get; set; } = [];

        public float[] Final { get; set; } = [];

        public bool[] FinalLegal { get; set; } = [];

        public End End { get; set; }

        public bool IsOver => End != End.Running;

        public double LastStep { get; set; } = double.NaN;
    }
}
