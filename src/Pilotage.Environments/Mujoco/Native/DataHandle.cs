using System.Runtime.InteropServices;

namespace Pilotage.Environments.Mujoco.Native;

/// <summary>Owns one <c>mjData</c>. The garbage collector is told its size: it would not hurry for an object of forty bytes.</summary>
internal sealed unsafe class DataHandle : SafeHandle
{
    private readonly MujocoLibrary _library;
    private readonly long _bytes;

    public DataHandle(MujocoLibrary library, nint data) : base(0, ownsHandle: true)
    {
        _library = library;
        SetHandle(data);
        _bytes = *(int*)(data + DataLayout.BufferSize) + (long)*(int*)(data + DataLayout.StackSize) * sizeof(double);
        GC.AddMemoryPressure(_bytes);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _library.DeleteData(handle);
        GC.RemoveMemoryPressure(_bytes);
        return true;
    }
}
