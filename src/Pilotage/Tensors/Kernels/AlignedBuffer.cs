using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pilotage.Tensors.Kernels;

/// <summary>Zeroed floats that begin on a cache line, stay where they are, and are followed by slack that kernels may read and rewrite.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Line = 16;

    public AlignedBuffer(int length)
    {
        // Pinned, so that the address holds; one line more than needed, to begin at a line's border.
        var array = GC.AllocateArray<float>(length + Line + Arena.Slack, pinned: true);
        var address = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        var skip = (int)((64 - ((nint)address & 63)) & 63) / sizeof(float);
        Start = address + skip;
        Memory = array.AsMemory(skip, length);
    }

    /// <summary>Address of the first element, good for as long as this object lives.</summary>
    public float* Start { get; }

    /// <summary>The elements, without slack.</summary>
    public Memory<float> Memory { get; }
}
