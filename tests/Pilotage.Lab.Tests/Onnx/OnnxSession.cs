using Microsoft.ML.OnnxRuntime;

namespace Pilotage.Lab.Tests.Onnx;

/// <summary>A written file in ONNX Runtime.</summary>
/// <param name="path">The file.</param>
internal sealed class OnnxSession(string path) : IDisposable
{
    private readonly InferenceSession _session = new(path);

    public IReadOnlyList<string> Inputs => _session.InputNames;

    public IReadOnlyList<string> Outputs => _session.OutputNames;

    public ModelMetadata Metadata => _session.ModelMetadata;

    /// <summary>Extents of an input or output; -1 for the batch.</summary>
    public int[] ShapeOf(string name) => (_session.InputMetadata.TryGetValue(name, out var input) ? input : _session.OutputMetadata[name]).Dimensions;

    /// <summary>Runs the graph.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="values">What each input is fed; others are left.</param>
    /// <returns>Each output; whole numbers as floats, which hold any index.</returns>
    public Dictionary<string, float[]> Run(int rows, IReadOnlyDictionary<string, Array> values)
    {
        var feeds = Inputs.ToDictionary(name => name, name => Feed(values[name], rows));
        using var options = new RunOptions();
        using var results = _session.Run(options, feeds, Outputs);
        var read = new Dictionary<string, float[]>();
        for (var i = 0; i < Outputs.Count; i++)
        {
            Assert(results[i].GetTensorTypeAndShape().Shape[0] == rows, $"{Outputs[i]} has another batch");
            read[Outputs[i]] = Outputs[i] == "indices" ? [.. results[i].GetTensorDataAsSpan<long>().ToArray().Select(index => (float)index)] : results[i].GetTensorDataAsSpan<float>().ToArray();
        }
        foreach (var feed in feeds.Values) feed.Dispose();
        return read;
    }

    public void Dispose() => _session.Dispose();

    private static OrtValue Feed(Array values, int rows) => values switch
    {
        bool[] flags => OrtValue.CreateTensorValueFromMemory(flags, [rows, flags.Length / rows]),
        float[] numbers => OrtValue.CreateTensorValueFromMemory(numbers, [rows, numbers.Length / rows]),
        _ => throw new ArgumentException("Only flags and numbers are fed.", nameof(values)),
    };

    private static void Assert(bool holds, string otherwise) => Xunit.Assert.True(holds, otherwise);
}
