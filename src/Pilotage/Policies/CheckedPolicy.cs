using System.Buffers;
using System.Globalization;
using Pilotage.Environments;

namespace Pilotage.Policies;

/// <summary>A policy whose mistakes are named: one that throws, leaves an action out or chooses one that is not allowed is told with row, step and frame.</summary>
/// <remarks>
/// Made for rules that users bring. Costs one look at each action; the guilty row is searched for only after a mistake, by asking the policy row by row.
/// Thread-safe where the policy is.
/// </remarks>
public sealed class CheckedPolicy : IPolicy
{
    private readonly IPolicy _inner;
    private readonly EnvironmentSpec _spec;
    private readonly string _title;

    /// <summary>Wraps a policy.</summary>
    /// <param name="inner">The policy.</param>
    /// <param name="spec">The environment that it acts in.</param>
    /// <param name="title">What messages call it, as the beginning of a sentence.</param>
    public CheckedPolicy(IPolicy inner, EnvironmentSpec spec, string title = "Your rule") => (_inner, _spec, _title) = (inner, spec, title);

    /// <inheritdoc/>
    /// <exception cref="UserMistakeException">The policy cannot make its memory.</exception>
    public PolicyMemory CreateMemory(int rows) => new Memory(_inner.CreateMemory(rows), rows);

    /// <inheritdoc/>
    /// <exception cref="UserMistakeException">The policy threw or chose an action that is not allowed; says which, where and what was to be seen there.</exception>
    /// <exception cref="ArgumentException"><paramref name="memory"/> is not from this policy's <see cref="CreateMemory"/>.</exception>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        if (memory is not Memory own || own.Steps.Length != frames.Rows) throw new ArgumentException($"The memory must come from this policy's CreateMemory({frames.Rows}).", nameof(memory));
        Blank(frames, actions);                          // what the policy leaves out is found, not what stood there before
        try
        {
            _inner.Act(frames, own.Inner, ref random, actions);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw Thrown(failure, frames, own, random, actions.Space);
        }
        for (var row = 0; row < frames.Rows; row++)
        {
            if (!frames.IsActive(row)) continue;
            if (Problem(actions[row], frames.LegalOf(row)) is { } problem) throw Mistaken("PIL0812", $"{_title} {problem}.", Place(frames, own, row), "Correct the rule for such frames.");
            own.Steps[row]++;
        }
    }

    private static void Blank(FrameBatch frames, ActionBatch actions)
    {
        var (indices, values) = (actions.Space.IndexCount, actions.Space.ValueCount);
        for (var row = 0; row < frames.Rows; row++)
        {
            if (!frames.IsActive(row)) continue;
            actions.Indices.Slice(row * indices, indices).Fill(-1);
            actions.Values.Slice(row * values, values).Fill(float.NaN);
        }
    }

    private string? Problem(AgentAction action, ReadOnlySpan<bool> legal)
    {
        for (var i = 0; i < action.Values.Length; i++)
            if (!float.IsFinite(action.Values[i])) return string.Create(CultureInfo.InvariantCulture, $"chose {action.Values[i]} as value {i} of the action, or left it out; a finite number is expected");
        var counts = _spec.Actions.ChoiceCounts;
        for (var choice = 0; choice < counts.Count; choice++)
        {
            var (index, count) = (action.Indices[choice], counts[choice]);
            var which = counts.Count > 1 ? $" of choice {choice}" : "";
            if ((uint)index >= (uint)count) return $"chose action {index}{which}; allowed are 0 to {count - 1}";
            if (!legal.IsEmpty && !legal[index]) return $"chose action {index}{which}, which the mask forbids; legal are {FrameText.Legal(legal[..count])}";
            if (!legal.IsEmpty) legal = legal[count..];
        }
        return null;
    }

    private UserMistakeException Thrown(Exception failure, FrameBatch frames, Memory memory, Randomness random, ActionSpace space)
    {
        var guilty = -1;                                 // stays so where only the whole batch, or what the policy remembers, makes it throw
        var single = new ActionBatch(space, 1);
        for (var row = 0; row < frames.Rows; row++)
        {
            if (!frames.IsActive(row)) continue;
            try
            {
                _inner.Act(new(1, frames.Observation(row), frames.LegalOf(row)), _inner.CreateMemory(1), ref random, single);
            }
            catch (Exception again) when (again.GetType() == failure.GetType())
            {
                (guilty, failure) = (row, again);
                break;
            }
        }
        return Mistaken("PIL0811", $"{_title} threw {failure.GetType().Name}: {failure.Message.TrimEnd('.')}.", Place(frames, memory, guilty), "Correct the rule for such frames.", failure);
    }

    private string Place(FrameBatch frames, Memory memory, int row) => row < 0
        ? $"One of {frames.Rows} rows in {_spec.Name}"
        : $"Row {row}, step {memory.Steps[row] + 1} of its episode in {_spec.Name}, on seeing {FrameText.Of(_spec, frames.Observation(row), frames.LegalOf(row))}";

    private static UserMistakeException Mistaken(string code, string what, string where, string advice, Exception? cause = null)
    {
        var thrown = cause?.StackTrace?.Split('\n')[0].Trim();      // the line of the rule that users look for
        return new(new Mistake(code, what, where, thrown is { Length: > 0 } ? $"{advice} Thrown {thrown}." : advice).ToString());
    }

    private sealed class Memory(PolicyMemory inner, int rows) : PolicyMemory
    {
        public PolicyMemory Inner => inner;

        public int[] Steps { get; } = new int[rows];

        public override void ResetRow(int row)
        {
            Steps[row] = 0;
            inner.ResetRow(row);
        }

        public override void Save(IBufferWriter<byte> writer)
        {
            writer.Write<int>(Steps);
            inner.Save(writer);
        }

        public override void Load(ref SequenceReader<byte> reader)
        {
            reader.ReadInto<int>(Steps);
            inner.Load(ref reader);
        }
    }
}
