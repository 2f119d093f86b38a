using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Language.Generation;

/// <summary>Runs branches whole on the model's own device, keeping nothing: for devices other than the managed one.</summary>
internal sealed unsafe class TapeRunner(LanguageModel model) : IBranchRunner
{
    private int[] _tokens = [];
    private int[] _places = [];

    public void Read() { }

    public (int Run, int Reused) Prefill(IReadOnlyList<GenerationBranch> branches)
    {
        foreach (var branch in branches) branch.Cached = branch.Length - 1;
        return default;
    }

    public void Run(IReadOnlyList<GenerationBranch> branches, float* logits)
    {
        var (rows, longest, width) = (branches.Count, 0, model.Config.Width);
        foreach (var branch in branches) longest = Math.Max(longest, branch.Length);
        if (_tokens.Length < rows * longest) _tokens = new int[2 * rows * longest];
        if (_places.Length < rows * width) _places = new int[rows * width];
        for (var row = 0; row < rows; row++)
        {
            var all = branches[row].AllTokens;
            all.CopyTo(_tokens.AsSpan(row * longest));
            _tokens.AsSpan(row * longest + all.Length, longest - all.Length).Clear();
            _places.AsSpan(row * width, width).Fill(row * longest + all.Length - 1);
        }
        using var step = Step.Begin(model.Parameters.Device, Gradient.None);
        var hidden = model.Hidden(Indices.From(_tokens.AsSpan(0, rows * longest), rows, longest)).Reshape(rows * longest, width);
        model.Logits(hidden.Gather(Indices.From(_places.AsSpan(0, rows * width), rows, width), axis: 0)).CopyTo(new(logits, rows * model.Config.VocabularySize));
        foreach (var branch in branches) branch.Cached = branch.Length;
    }

    public void Share(GenerationBranch source, GenerationBranch copy) => copy.Cached = 0;

    public void Cut(GenerationBranch branch, int cached) { }
}
