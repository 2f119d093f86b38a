using System.Globalization;
using System.Runtime.InteropServices;
using Pilotage.Tensors;
using Pilotage.Workloads;

// Prints a hash of the parameters after some updates of each workload. The same lines must come from every machine, vector width, thread count and compiler.
var threads = args is ["--threads", var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 1;
Console.Error.WriteLine($"512-bit vectors: {System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated}, 256-bit: {System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated}, "
    + $"ahead of time: {!System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported}, threads: {threads}");
var device = Device.Processor(threads);
Print("ppo-64", new PpoUpdate(64, device), 300);
Print("ppo-251", new PpoUpdate(251, device), 100);
Print("sac-256", new SacUpdate(256, device), 20);
Print("transformer", new TransformerStep(8, 64, 128, 4, device), 5);
Print("transformer-odd", new TransformerStep(3, 37, 60, 5, device), 10);
Print("convolution", new ConvolutionStep(16, device), 5);

static void Print(string name, IWorkload workload, int updates)
{
    for (var i = 0; i < updates; i++) workload.Run();
    Console.WriteLine($"{name,-24} {Hash(workload.Parameters.Values):x16}");
}

// FNV-1a: no cryptography library stands between a program for another processor and its numbers.
static ulong Hash(ReadOnlySpan<float> values)
{
    var hash = 14695981039346656037;
    foreach (var part in MemoryMarshal.AsBytes(values)) hash = (hash ^ part) * 1099511628211;
    return hash;
}
