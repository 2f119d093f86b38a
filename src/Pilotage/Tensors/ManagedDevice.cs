using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors;

/// <summary>The managed processor device.</summary>
/// <param name="workers">Threads that help its tapes with large products; null for none.</param>
/// <param name="kind">Of its tapes' memory.</param>
internal sealed class ManagedDevice(Workers? workers = null, ArenaKind kind = ArenaKind.Plain) : Device
{
    public override string Name => "cpu";

    internal override int Threads => workers?.Threads ?? 1;

    internal override Tape CreateTape() => Fma.IsSupported || AdvSimd.Arm64.IsSupported
        ? new ManagedTape(workers, kind)
        : throw new PlatformNotSupportedException("Pilotage needs a processor with fused multiply-add: x64 with FMA and AVX2 (2013 or later) or arm64. This one has neither.");
}
