using Pilotage.Environments.Mujoco;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Environments.Tests.Mujoco;

public sealed class MujocoModelTests
{
    [Theory]
    [InlineData("hopper.xml", 6, 6, 3, 5, 0.002, 15.82001341)]
    [InlineData("walker2d.xml", 9, 9, 6, 8, 0.002, 23.67713663)]
    [InlineData("walker2d_v5.xml", 9, 9, 6, 8, 0.002, 23.67713663)]
    [InlineData("half_cheetah.xml", 9, 9, 6, 8, 0.01, 14)]
    [InlineData("ant.xml", 15, 14, 8, 14, 0.01, 0.9108800827)]
    [InlineData("humanoid.xml", 24, 23, 17, 14, 0.003, 42.11603049)]
    [InlineData("humanoidstandup.xml", 24, 23, 17, 14, 0.003, 42.11603049)]
    [InlineData("swimmer.xml", 5, 5, 2, 4, 0.01, 106.8141502)]
    [InlineData("inverted_pendulum.xml", 2, 2, 1, 3, 0.02, 15.49056715)]
    [InlineData("inverted_double_pendulum.xml", 3, 3, 1, 4, 0.01, 18.86945268)]
    [InlineData("reacher.xml", 4, 4, 2, 5, 0.01, 0.07845185175)]
    [InlineData("pusher.xml", 11, 11, 7, 13, 0.01, 13.67299664)]
    [InlineData("pusher_v5.xml", 11, 11, 7, 13, 0.01, 13.67300448)]
    [InlineData("point.xml", 3, 3, 2, 2, 0.02, 56.35987756)]
    public void Load_EachModel_HasThePublishedSizes(string file, int positions, int velocities, int actuators, int bodies, double timestep, double mass)
    {
        using var model = Models.Load(file);

        Assert.Null(model.Warning);
        Assert.Equal((positions, velocities, actuators, bodies, timestep), (model.PositionCount, model.VelocityCount, model.ActuatorCount, model.BodyCount, model.Timestep));
        Assert.Equal(mass, model.TotalMass, mass * 1e-9);                               // ten digits are published
    }

    [Fact]
    public void Find_Names_GoBothWays()
    {
        using var model = Models.Load("reacher.xml");

        Assert.Equal("fingertip", model.NameOf(MujocoObject.Body, model.Find(MujocoObject.Body, "fingertip")));
        Assert.Equal(-1, model.Find(MujocoObject.Body, "Fingertip"));
        Assert.Null(model.NameOf(MujocoObject.Body, 99));
        Assert.Equal(["joint0", "joint1"], [model.JointOf(0), model.JointOf(1)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.JointOf(2));
    }

    [Fact]
    public void Walker_Versions_DifferInTheRightFootsFriction()
    {
        using MujocoModel old = Models.Load("walker2d.xml"), present = Models.Load("walker2d_v5.xml");

        double Friction(MujocoModel model, string foot) => model.GeometryFrictions[3 * model.Find(MujocoObject.Geometry, foot)];
        Assert.Equal([0.9, 1.9], [Friction(old, "foot_geom"), Friction(old, "foot_left_geom")]);
        Assert.Equal([1.9, 1.9], [Friction(present, "foot_geom"), Friction(present, "foot_left_geom")]);
    }

    [Fact]
    public void Load_MalformedFile_PassesMujocosMessageOn()
    {
        Models.NeedMujoco();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "broken.xml");
        File.WriteAllText(path, "<mujoco>\n  <worldbody>\n    <body name='a'><joint type='bend'/></body>\n  </worldbody>\n</mujoco>");

        var message = Assert.Throws<UserMistakeException>(() => MujocoModel.Load(path)).Message;

        Assert.StartsWith("PIL1003  MuJoCo cannot load the model: XML Error: invalid keyword: 'bend'", message, StringComparison.Ordinal);
        Assert.Contains("line 3", message, StringComparison.Ordinal);
        Assert.Contains(path, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ModelThatCannotBeCompiled_PassesMujocosMessageOn()
    {
        Models.NeedMujoco();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "massless.xml");
        File.WriteAllText(path, "<mujoco><worldbody><body><joint/></body></worldbody></mujoco>");

        var message = Assert.Throws<UserMistakeException>(() => MujocoModel.Load(path)).Message;

        Assert.Contains("mass and inertia of moving bodies must be larger than mjMINVAL", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AbsentFile_SaysSo()
    {
        Models.NeedMujoco();
        Assert.Equal(
            "PIL1002  The model file nowhere/hopper.xml does not exist.\n         Check the path.",
            Assert.Throws<UserMistakeException>(() => MujocoModel.Load("nowhere/hopper.xml")).Message);
    }

    [Fact]
    public void Members_AfterDispose_Throw()
    {
        var model = Models.Load("hopper.xml");
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => model.BodyCount);
    }
}
