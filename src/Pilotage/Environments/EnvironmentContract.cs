namespace Pilotage.Environments;

/// <summary>Checks both sides of the environment contract at every step and says in words what was broken, by whom and where.</summary>
/// <remarks>The checks cost one vectorised pass over each buffer; only a failing one searches for the guilty row.</remarks>
internal sealed class EnvironmentContract
{
    private readonly EnvironmentSpec _spec;
    private readonly int _rows;
    private readonly int[] _counts;                // choices of one action; empty for a box
    private readonly int _maskWidth;
    private readonly int _indexCount;
    private readonly int _valueCount;

    public EnvironmentContract(EnvironmentSpec spec, int rows)
    {
        CheckSpec(spec);
        (_spec, _rows) = (spec, rows);
        _counts = [.. spec.Actions.ChoiceCounts];
        (_maskWidth, _indexCount, _valueCount) = (spec.Actions.LegalCount, spec.Actions.IndexCount, spec.Actions.ValueCount);
    }

    /// <summary>Actions fit the space and the masks they were chosen under.</summary>
    public void CheckActions(ActionBatch actions, ReadOnlySpan<bool> legal, ReadOnlySpan<int> steps)
    {
        if (actions.Rows != _rows || actions.Indices.Length != _rows * _indexCount || actions.Values.Length != _rows * _valueCount) throw WrongShape(actions);
        if (_valueCount > 0 && !Finite.All(actions.Values)) throw ActionNotFinite(actions.Values, steps);
        if (_indexCount == 1 && _maskWidth == 0)
        {
            if (!Finite.AllBelow(actions.Indices, _counts[0])) throw ActionNotAllowed(actions.Indices, legal, steps)!;
        }
        else if (_indexCount > 0 && ActionNotAllowed(actions.Indices, legal, steps) is { } failure) throw failure;
    }

    public void CheckRewards(ReadOnlySpan<float> rewards, ReadOnlySpan<int> steps, ReadOnlySpan<int> endedRows, ReadOnlySpan<int> endedSteps)
    {
        if (Finite.All(rewards)) return;
        var row = FirstNotFinite(rewards);
        var ended = endedRows.IndexOf(row);
        throw new RunFailedException(FormattableString.Invariant(
            $"{_spec.Name} gave the reward {rewards[row]}; a reward must be finite. Where: {Place(row, ended < 0 ? steps[row] : endedSteps[ended])}. Check the environment's reward."));
    }

    /// <summary>Observations are finite and masks leave a choice. Frames of terminated rows need no legal action: nothing follows them.</summary>
    /// <param name="observations">[frames, size].</param>
    /// <param name="legal">[frames, mask width]; empty without mask.</param>
    /// <param name="steps">Steps of each frame's episode.</param>
    /// <param name="rowOf">The row of each frame; empty if frame i is row i.</param>
    /// <param name="ends">One per row if these are final frames; empty otherwise.</param>
    public void CheckFrames(ReadOnlySpan<float> observations, ReadOnlySpan<bool> legal, ReadOnlySpan<int> steps, ReadOnlySpan<int> rowOf, ReadOnlySpan<End> ends)
    {
        if (!Finite.All(observations)) throw ObservationNotFinite(observations, steps, rowOf);
        if (_maskWidth > 0) CheckMasks(legal, steps, rowOf, ends);
    }

    private void CheckMasks(ReadOnlySpan<bool> legal, ReadOnlySpan<int> steps, ReadOnlySpan<int> rowOf, ReadOnlySpan<End> ends)
    {
        for (var frame = 0; frame * _maskWidth < legal.Length; frame++)
        {
            var row = rowOf.IsEmpty ? frame : rowOf[frame];
            if (!ends.IsEmpty && ends[row] == End.Terminated) continue;
            var offset = frame * _maskWidth;
            for (var choice = 0; choice < _counts.Length; choice++)
            {
                if (!legal.Slice(offset, _counts[choice]).Contains(value: true))
                {
                    throw new RunFailedException(
                        $"{_spec.Name} gave a mask without a legal action{OfChoice(choice)}; at least one must be legal while the episode goes on. " +
                        $"Where: {Place(row, steps[frame])}. Terminate the episode there or allow an action.");
                }
                offset += _counts[choice];
            }
        }
    }

    private RunFailedException ObservationNotFinite(ReadOnlySpan<float> observations, ReadOnlySpan<int> steps, ReadOnlySpan<int> rowOf)
    {
        var at = FirstNotFinite(observations);
        var (frame, component) = Math.DivRem(at, _spec.ObservationSize);
        var name = _spec.ObservationNames.Count > 0 ? $" ({_spec.ObservationNames[component]})" : "";
        return new(FormattableString.Invariant(
            $"{_spec.Name} gave {observations[at]} as observation component {component}{name}; every component must be written and finite. ") +
            $"Where: {Place(rowOf.IsEmpty ? frame : rowOf[frame], steps[frame])}. Check the dynamics; NaN is also what a component shows that was never written.");
    }

    private RunFailedException? ActionNotAllowed(ReadOnlySpan<int> indices, ReadOnlySpan<bool> legal, ReadOnlySpan<int> steps)
    {
        for (var row = 0; row < _rows; row++)
        {
            var offset = row * _maskWidth;
            for (var choice = 0; choice < _counts.Length; choice++)
            {
                var index = indices[row * _indexCount + choice];
                if ((uint)index >= (uint)_counts[choice])
                {
                    return PolicyMistake($"action {index}{OfChoice(choice)}", $"allowed are 0 to {_counts[choice] - 1}", row, steps);
                }
                if (_maskWidth > 0 && !legal[offset + index])
                {
                    var allowed = new List<int>();
                    for (var i = 0; i < _counts[choice]; i++) if (legal[offset + i]) allowed.Add(i);
                    return PolicyMistake($"action {index}{OfChoice(choice)}, which the mask forbids", $"legal are {string.Join(", ", allowed)}", row, steps);
                }
                offset += _maskWidth > 0 ? _counts[choice] : 0;
            }
        }
        return null;
    }

    private RunFailedException ActionNotFinite(ReadOnlySpan<float> values, ReadOnlySpan<int> steps)
    {
        var at = FirstNotFinite(values);
        var (row, dimension) = Math.DivRem(at, _valueCount);
        return PolicyMistake(FormattableString.Invariant($"{values[at]} for value {dimension} of the action"), "a finite number is expected", row, steps);
    }

    private RunFailedException PolicyMistake(string chose, string allowed, int row, ReadOnlySpan<int> steps) =>
        new($"The policy chose {chose} in {_spec.Name}; {allowed}. Where: {Place(row, steps[row] + 1)}. This is a mistake of the policy, not of the environment.");

    private RunFailedException WrongShape(ActionBatch actions) => new(
        $"The actions given to {_spec.Name} are {actions.Rows} rows of {actions.Space.IndexCount} indices and {actions.Space.ValueCount} values; " +
        $"expected are {_rows} rows of {_indexCount} and {_valueCount}. Make the ActionBatch from the environment's own Spec.Actions and Rows.");

    private string OfChoice(int choice) => _counts.Length > 1 ? $" of choice {choice}" : "";

    private static string Place(int row, int step) => step == 0 ? $"row {row}, first frame of an episode" : $"row {row}, step {step} of its episode";

    private static int FirstNotFinite(ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++) if (!float.IsFinite(values[i])) return i;
        return -1;
    }

    private static void CheckSpec(EnvironmentSpec spec)
    {
        var problems = new List<string>();
        if (spec.ObservationSize < 1) problems.Add($"ObservationSize is {spec.ObservationSize}, at least 1 is needed");
        if (spec.ObservationNames.Count > 0 && spec.ObservationNames.Count != spec.ObservationSize)
        {
            problems.Add($"ObservationNames has {spec.ObservationNames.Count} names for {spec.ObservationSize} components");
        }
        if (spec.Candidates is { } layout && (layout.Size != spec.ObservationSize || layout.Count != spec.Actions switch { ActionSpace.Discrete choice => choice.Count, ActionSpace.Box box => box.ValueCount, _ => -1 }))
        {
            problems.Add($"Candidates lists {layout.Count} candidates and {layout.Size} numbers, which must be the number of one discrete choice's actions, or of a box's numbers, and ObservationSize");
        }
        if (spec.TimeLimit < 1) problems.Add($"TimeLimit is {spec.TimeLimit}, at least 1 or null is needed");
        CheckSpace(spec.Actions, problems);
        if (problems.Count > 0) throw new RunFailedException($"{spec.Name} does not describe itself rightly: {string.Join("; ", problems)}. Correct its Describe().");
    }

    private static void CheckSpace(ActionSpace space, List<string> problems)
    {
        switch (space)
        {
            case ActionSpace.Composite both:
                CheckSpace(both.Choices, problems);
                CheckSpace(both.Values, problems);
                break;
            case ActionSpace.Discrete { Count: < 1 } discrete:
                problems.Add($"the action space has {discrete.Count} actions, at least 1 is needed");
                break;
            case ActionSpace.MultiDiscrete several when several.Counts.Count == 0 || several.Counts.Any(count => count < 1):
                problems.Add($"the action space has the counts [{string.Join(", ", several.Counts)}], one of at least 1 per choice is needed");
                break;
            case ActionSpace.Box box when box.Low.Count == 0 || box.Low.Count != box.High.Count:
                problems.Add($"the action box has {box.Low.Count} lower and {box.High.Count} upper bounds, equally many and at least 1 are needed");
                break;
            case ActionSpace.Box box:
                for (var i = 0; i < box.Low.Count; i++)
                {
                    if (float.IsFinite(box.Low[i]) && float.IsFinite(box.High[i]) && box.Low[i] < box.High[i]) continue;
                    problems.Add(FormattableString.Invariant($"dimension {i} of the action box is {box.Low[i]} to {box.High[i]}, finite ascending bounds are needed"));
                }
                break;
        }
    }
}
