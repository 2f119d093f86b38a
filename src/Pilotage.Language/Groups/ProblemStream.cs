using System.Buffers;
using Pilotage.Language.Tasks;

namespace Pilotage.Language.Groups;

/// <summary>Problems in a shuffled order, each once before any comes again.</summary>
/// <param name="problems">At least one.</param>
/// <param name="seeds">Decides the order.</param>
public sealed class ProblemStream(IReadOnlyList<TextProblem> problems, SeedTree seeds) : ISaved
{
    private readonly int[] _order = new int[problems.Count];
    private long _taken;
    private long _shuffled = -1;                     // pass whose order is laid out

    /// <summary>Problems handed out so far.</summary>
    public long Taken => _taken;

    /// <summary>The next problems.</summary>
    /// <param name="count">How many; may reach into the next pass.</param>
    /// <returns>That many.</returns>
    public IReadOnlyList<TextProblem> Take(int count)
    {
        var batch = new TextProblem[count];
        for (var i = 0; i < count; i++, _taken++)
        {
            Shuffle(_taken / problems.Count);
            batch[i] = problems[_order[_taken % problems.Count]];
        }
        return batch;
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => writer.Write(_taken);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => _taken = reader.ReadLong();

    // An order depends on its pass alone, so that a place in the stream is one number.
    private void Shuffle(long pass)
    {
        if (_shuffled == pass) return;
        for (var i = 0; i < _order.Length; i++) _order[i] = i;
        var random = seeds.Branch((int)pass).Start();
        random.Shuffle<int>(_order);
        _shuffled = pass;
    }
}
