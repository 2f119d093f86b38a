using Microsoft.Extensions.Logging.Abstractions;
using Pilotage.Hosting;
using Pilotage.Lab.Onnx;
using Pilotage.Policies;

namespace Pilotage.Serving.Bench;

/// <summary>A runtime without a server around it.</summary>
internal interface IDecision : IDisposable
{
    void Decide(int rows, ReadOnlySpan<float> observations);
}

/// <summary>This library.</summary>
internal sealed class FolderDecision(string folder) : IDecision
{
    private readonly ServedPolicy _policy = new(folder, new() { ReloadEvery = Timeout.InfiniteTimeSpan }, NullLogger<ServedPolicy>.Instance, TimeProvider.System);

    public void Decide(int rows, ReadOnlySpan<float> observations) => _policy.DecideBatch(rows, observations);

    public void Dispose() => _policy.Dispose();
}

/// <summary>ONNX Runtime.</summary>
internal sealed class OnnxDecision(string folder) : IDecision
{
    private readonly OnnxDecider _decider = new(Path.Combine(folder, OnnxExport.FileName), PolicyFile.ReadManifest(folder));

    public void Decide(int rows, ReadOnlySpan<float> observations) => _decider.DecideBatch(rows, observations, default, []);

    public void Dispose() => _decider.Dispose();
}
