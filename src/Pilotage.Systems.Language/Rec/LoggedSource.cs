using System.Buffers;
using Pilotage.Language.Groups;

namespace Pilotage.Systems.Language.Rec;

/// <summary>Answers that were drawn before, in passes of shuffled order: offline learning.</summary>
/// <param name="groups">All of them, at least one.</param>
/// <param name="perStep">Groups of a step.</param>
/// <param name="seeds">Decides the order of each pass.</param>
internal sealed class LoggedSource(IReadOnlyList<ResponseGroup> groups, int perStep, SeedTree seeds) : IGroupSource
{
    /// <inheritdoc/>
    public IReadOnlyList<ResponseGroup> Draw(long step, CancellationToken cancellation)
    {
        var drawn = new ResponseGroup[Math.Min(perStep, groups.Count)];
        for (var i = 0; i < drawn.Length; i++)
        {
            var place = step * drawn.Length + i;
            drawn[i] = groups[Order((int)(place / groups.Count))[(int)(place % groups.Count)]];
        }
        return drawn;
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) { }          // a place follows from the step

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) { }

    private int[] Order(int pass)
    {
        if (_pass == pass) return _order;
        _order = [.. Enumerable.Range(0, groups.Count)];
        var random = seeds.Branch(pass).Start();
        random.Shuffle<int>(_order);
        _pass = pass;
        return _order;
    }

    private int _pass = -1;
    private int[] _order = [];
}
