using System.Runtime.InteropServices;

namespace Pilotage.Environments.Mujoco.Native;

/// <summary>Owns one <c>mjModel</c>.</summary>
internal sealed unsafe class ModelHandle : SafeHandle
{
    private readonly MujocoLibrary _library;

    public ModelHandle(MujocoLibrary library, nint model) : base(0, ownsHandle: true)
    {
        _library = library;
        SetHandle(model);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _library.DeleteModel(handle);
        return true;
    }
}
