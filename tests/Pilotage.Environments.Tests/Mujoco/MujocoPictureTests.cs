using Pilotage.Environments.Drawing;
using Pilotage.Environments.Mujoco;
using Xunit;

namespace Pilotage.Environments.Tests.Mujoco;

public sealed class MujocoPictureTests
{
    public static TheoryData<string> Names => Models.Names;

    [Fact]
    public void Draw_LeaningPole_EndsWhereItsCapsuleEnds()
    {
        // The cart at 0.3 m; the pole of 0.6 m leans 0.2 rad to where x grows. Its ends are circles of its radius, 0.049 m.
        var scene = Draw("inverted_pendulum.xml", [0.3, 0.2], new(Height: 2, Follows: false, HasGround: false, Lowest: -0.5));
        var ends = Circles(scene, Ink.Limb, 0.049);

        Assert.Equal(2, ends.Count);
        Assert.Equal((0.3, 0), ends.MinBy(end => end.Y), Near);
        Assert.Equal((0.3 + 0.6 * Math.Sin(0.2), 0.6 * Math.Cos(0.2)), ends.MaxBy(end => end.Y), Near);
        Assert.Equal([(0.2, 0), (0.4, 0)], Circles(scene, Ink.Body, 0.1).OrderBy(end => end.X), Near);                     // the cart, half of 0.1 m to each side
        Assert.Equal((0, 0.1), scene.Centre, Near);
    }

    [Fact]
    public void Draw_FromAbove_HasTheTargetAtItsPlaceAndTheArmOverIt()
    {
        // Joints at 0 and a right angle, the target at (0.1, -0.15): the arm goes 0.1 m along x, then 0.1 m along y.
        var scene = Draw("reacher.xml", [0, Math.PI / 2, 0.1, -0.15], new(Height: 0.7, Follows: false, IsFromAbove: true, HasGround: false));

        Assert.Equal((0.1, -0.15), Assert.Single(Circles(scene, Ink.Goal, 0.009)), Near);
        Assert.Contains(Circles(scene, Ink.Limb, 0.01), end => Near((0.1, 0.1), end));
        Assert.Contains(Circles(scene, Ink.Body, 0.01), end => Near((0.1, 0), end));
    }

    [Fact]
    public void Draw_WhatRunsAway_StaysInTheMiddleAndPassesTheMarks()
    {
        var view = new MujocoView(Height: 1.8);
        var (near, far) = (Draw("half_cheetah.xml", [0, 0, 0, 0, 0, 0, 0, 0, 0], view), Draw("half_cheetah.xml", [5.25, 0, 0, 0, 0, 0, 0, 0, 0], view));

        Assert.Equal(near.Centre.X + 5.25, far.Centre.X, 1e-9);
        var (before, after) = (Body(near), Body(far));
        Assert.Equal(before.X + 5.25, after.X, 1e-9);
        Assert.Equal(before.Y, after.Y, 1e-9);
        Assert.All(far.Shapes.Where(shape => shape.Ink == Ink.Paper), mark => Assert.Equal(0, Math.IEEERemainder(mark.Points.Average(point => point.X), 1), 1e-9));
        Assert.True(far.Shapes.Count(shape => shape.Ink == Ink.Paper) >= 3);

        static (double X, double Y) Body(Scene scene) => scene.Shapes.First(shape => shape.Ink == Ink.Body).Points[0];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Draw_EachTask_ShowsItsBodyInThePicture(string name)
    {
        var environment = Assert.IsAssignableFrom<IDrawableRows>(Models.Entry(name).Create(1, SeedTree.Root(3)));
        Assert.True(environment.IsDrawable);
        environment.Reset();
        var scene = new Scene();
        environment.Draw(0, scene);

        var seen = scene.Shapes.Where(shape => shape.Ink is Ink.Body or Ink.Limb).SelectMany(shape => shape.Points).ToList();
        Assert.True(seen.Count > 20, $"{seen.Count} points");
        Assert.All(seen, point =>
        {
            Assert.True(Math.Abs(point.Y - scene.Centre.Y) <= scene.Height / 2, $"{point} is outside a picture of {scene.Height} around {scene.Centre}");
            Assert.True(Math.Abs(point.X - scene.Centre.X) <= scene.Height * Scene.Aspect / 2, $"{point} is outside a picture of {scene.Height} around {scene.Centre}");
        });
    }

    private static Scene Draw(string file, double[] positions, MujocoView view)
    {
        using var model = Models.Load(file);
        using var data = new MujocoData(model);
        positions.CopyTo(data.Positions);
        data.Forward();
        var scene = new Scene();
        MujocoPicture.Draw(data, view, scene);
        return scene;
    }

    /// <summary>Middles of the circles of one ink and radius.</summary>
    private static List<(double X, double Y)> Circles(Scene scene, Ink ink, double radius) =>
    [
        .. scene.Shapes.Where(shape => shape.Ink == ink && shape.Points.Count == 24)
            .Select(shape => (Middle: (X: shape.Points.Average(point => point.X), Y: shape.Points.Average(point => point.Y)), First: shape.Points[0]))
            .Where(circle => Math.Abs(circle.First.X - circle.Middle.X - radius) < 1e-6).Select(circle => circle.Middle),
    ];

    private static bool Near((double X, double Y) wanted, (double X, double Y) got) => Math.Abs(wanted.X - got.X) < 2e-3 && Math.Abs(wanted.Y - got.Y) < 2e-3;
}
