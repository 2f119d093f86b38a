using Pilotage.Environments.Mujoco;
using Xunit;

namespace Pilotage.Environments.Tests.Mujoco;

public sealed class MujocoLibraryTests
{
    [Fact]
    public void Load_Installed_IsTheSupportedVersion()
    {
        Models.NeedMujoco();
        Assert.Equal(222, MujocoLibrary.Load().Version);
        Assert.Same(MujocoLibrary.Load(), MujocoLibrary.Load());
    }

    [Fact]
    public void Load_MissingLibrary_NamesPackageAndCommand()
    {
        NeedLinux();
        Assert.Equal(
            "PIL1001  MuJoCo is not installed: libmujoco.so.0.0.0 was not found (package libmujoco2.2.2).\n" +
            "         Install it with: apt-get update && apt-get install -y libmujoco2.2.2",
            Assert.Throws<UserMistakeException>(() => MujocoLibrary.Load("libmujoco.so.0.0.0", _ => 222)).Message);
    }

    [Fact]
    public void Load_OtherVersion_IsRefused()
    {
        NeedLinux();
        // Any library that is there: the version is asked for before anything else of it.
        Assert.Equal(
            "PIL1001  libc.so.6 is MuJoCo 2.3.7; only 2.2.2 is understood, because memory layouts differ.\n" +
            "         Install it with: apt-get update && apt-get install -y libmujoco2.2.2",
            Assert.Throws<UserMistakeException>(() => MujocoLibrary.Load("libc.so.6", _ => 237)).Message);
    }

    private static void NeedLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "MuJoCo is looked for on Linux only.");
}
