using System.Runtime.CompilerServices;
using Pilotage.Language.Models;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Language.Generation;

/// <summary>Runs branches on the managed device, one token each at a time, with keys and values kept in shared pages.</summary>
internal sealed unsafe class CachedRunner : IBranchRunner
{
    private const int Page = KeyValuePages.Tokens;

    /// <summary>Tokens that run at once: enough that a weight read from memory serves many, few enough that what is in between stays in the second-level cache.</summary>
    private const int Together = 60;

    /// <summary>Fewer multiply-adds are done before a second thread would have begun.</summary>
    private const long WorthThreads = 1 << 18;

    private readonly InferenceModel _model;
    private readonly PrefixIndex _prefixes = new();
    private readonly TokenRows[] _rows;
    private readonly Workers? _workers;
    private readonly long _multiplyAdds;

    public CachedRunner(LanguageModel model)
    {
        _model = new(model);
        _workers = model.Parameters.Device.Workers;
        _rows = new TokenRows[_workers?.Threads ?? 1];
        for (var i = 0; i < _rows.Length; i++) _rows[i] = new(_model, Together);
        _multiplyAdds = model.Parameters.Count;
    }

    /// <summary>Pages that branches hold.</summary>
    public int HeldPages => _model.Pages.Held;

    public void Read()
    {
        _model.Read();
        _model.Pages.Reset();
        _prefixes.Clear();
    }

    public (int Run, int Reused) Prefill(IReadOnlyList<GenerationBranch> branches)
    {
        var (run, reused, rows) = (0, 0, _rows[0]);
        rows.Clear();
        foreach (var branch in branches)
        {
            var end = branch.Length - 1;
            if (branch.Cached == 0) reused += Adopt(branch, end);
            for (var position = branch.Cached; position < end;)
            {
                if (rows.Count == rows.Capacity) Flush(rows);
                var count = Math.Min(end - position, rows.Capacity - rows.Count);
                Own(branch, position, count);
                rows.Add(branch, position, count, wanted: -1);
                position += count;
                run += count;
            }
            branch.Cached = Math.Max(branch.Cached, end);
            // Known before it is computed: who takes it over runs behind it, or beside it in rows that come later.
            Publish(branch, Math.Min(end, branch.Prompt.Length));
        }
        Flush(rows);
        return (run, reused);
    }

    public void Run(IReadOnlyList<GenerationBranch> branches, float* logits)
    {
        for (var row = 0; row < branches.Count; row++) Own(branches[row], branches[row].Length - 1, 1);
        var threads = branches.Count * _multiplyAdds < WorthThreads ? 1 : _rows.Length;
        for (var first = 0; first < branches.Count;)
        {
            // Parts of one size: a small rest would read all weights for a few tokens.
            var parts = (branches.Count - first + threads * Together - 1) / (threads * Together);
            var count = (branches.Count - first + parts - 1) / parts;
            var share = (count + threads - 1) / threads;
            var shares = (count + share - 1) / share;
            var longest = 0;
            for (var i = 0; i < shares; i++)
            {
                _rows[i].Clear();
                for (var row = first + i * share; row < Math.Min(first + count, first + (i + 1) * share); row++)
                {
                    var branch = branches[row];
                    longest = Math.Max(longest, branch.Length);
                    _rows[i].Add(branch, branch.Length - 1, 1, row);
                    branch.Cached = branch.Length;
                }
            }
            _model.Reach(longest);
            var all = new Shares { Runner = this, Logits = logits };
            if (shares == 1) _model.Run(_rows[0], logits);
            else _workers!.Run(&RunShare, Unsafe.AsPointer(ref all), shares, null!);                 // the shares take no memory
            first += count;
        }
    }

    public void Share(GenerationBranch source, GenerationBranch copy)
    {
        copy.Pages.AddRange(source.Pages);
        foreach (var page in copy.Pages) _model.Pages.Hold(page);
    }

    public void Cut(GenerationBranch branch, int cached)
    {
        var kept = (cached + Page - 1) / Page;
        for (var i = branch.Pages.Count - 1; i >= kept; i--)
        {
            if (_model.Pages.Leave(branch.Pages[i])) _prefixes.Remove(branch.Pages[i]);
            branch.Pages.RemoveAt(i);
        }
        branch.Cached = Math.Min(branch.Cached, cached);
    }

    private static void RunShare(void* state, int share, Arena scratch)
    {
        // Lies on the caller's stack until all shares are done.
        ref var all = ref Unsafe.AsRef<Shares>(state);
        all.Runner._model.Run(all.Runner._rows[share], all.Logits);
    }

    private void Flush(TokenRows rows)
    {
        if (rows.Count == 0) return;
        var last = 0;
        foreach (var position in rows.Positions.AsSpan(0, rows.Count)) last = Math.Max(last, position);
        _model.Reach(last + 1);
        _model.Run(rows, null);
        rows.Clear();
    }

    /// <summary>Takes over whole pages that others hold for the same tokens.</summary>
    private int Adopt(GenerationBranch branch, int end)
    {
        while (branch.Cached + Page <= end && _prefixes.Find(Last(branch.Pages, branch.Pages.Count), branch.AllTokens.Slice(branch.Cached, Page)) is { } page)
        {
            _model.Pages.Hold(page);
            branch.Pages.Add(page);
            branch.Cached += Page;
        }
        branch.Inherited = branch.Cached;
        return branch.Cached;
    }

    private void Publish(GenerationBranch branch, int end)
    {
        for (var i = branch.Inherited / Page; (i + 1) * Page <= end; i++) _prefixes.Add(Last(branch.Pages, i), branch.AllTokens.Slice(i * Page, Page), branch.Pages[i]);
    }

    private static int? Last(List<int> pages, int count) => count == 0 ? null : pages[count - 1];

    /// <summary>Makes pages that only this branch holds where it is about to write.</summary>
    private void Own(GenerationBranch branch, int position, int count)
    {
        for (var i = position / Page; i <= (position + count - 1) / Page; i++)
        {
            if (i == branch.Pages.Count) branch.Pages.Add(_model.Pages.Take());
            else if (_model.Pages.IsShared(branch.Pages[i])) branch.Pages[i] = _model.Pages.Copy(branch.Pages[i]);
            else _prefixes.Remove(branch.Pages[i]);
        }
    }

    private struct Shares
    {
        public CachedRunner Runner;
        public float* Logits;
    }
}
