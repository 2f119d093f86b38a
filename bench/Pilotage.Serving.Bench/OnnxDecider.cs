using Microsoft.ML.OnnxRuntime;
using Pilotage.Dashboard.Serving;
using Pilotage.Hosting;
using Pilotage.Policies;

namespace Pilotage.Serving.Bench;

/// <summary>The same network in ONNX Runtime, one thread a request, behind the same desk. Of one discrete choice without a mask.</summary>
internal sealed class OnnxDecider : IDecider, IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private static readonly string[] Inputs = ["observation"];
    private static readonly string[] Outputs = ["indices"];

    public OnnxDecider(string path, PolicyManifest manifest)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        (_session, Manifest) = (new(path, options), manifest);
    }

    public PolicyManifest Manifest { get; }

    public string Version => Manifest.ParameterHash;

    public PolicyBatchDecision DecideBatch(int rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> legal, IReadOnlyList<EpisodeMemory?> memories)
    {
        using var fed = OrtValue.CreateTensorValueFromMemory(observations.ToArray(), [rows, observations.Length / rows]);
        using var results = _session.Run(_run, Inputs, [fed], Outputs);
        var indices = new int[rows];
        var read = results[0].GetTensorDataAsSpan<long>();
        for (var row = 0; row < rows; row++) indices[row] = (int)read[row];
        return new(rows, indices, default, [], 0, Version);
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }
}
