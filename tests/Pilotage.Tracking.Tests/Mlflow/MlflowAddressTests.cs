using Pilotage.Testing;
using Pilotage.Tracking.Mlflow;
using Xunit;

namespace Pilotage.Tracking.Tests.Mlflow;

public sealed class MlflowAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/")]
    [InlineData("https://tracking.example/mlflow", "https://tracking.example/mlflow/")]
    [InlineData("HTTP://[::1]:80/", "http://[::1]/")]
    public void Parse_AnAddress_EndsWithASlash(string given, string address) => Assert.Equal(address, MlflowAddress.Parse(given).AbsoluteUri);

    [Theory]
    [InlineData("mlruns", false)]
    [InlineData("/tmp/a:b", false)]
    [InlineData("C:/runs", false)]
    [InlineData("./127.0.0.1:5000", false)]
    [InlineData("localhost:5000", true)]
    [InlineData("sqlite:///mlflow.db", true)]
    public void Is_FoldersAndAddresses_AreToldApart(string given, bool isAddress) => Assert.Equal(isAddress, MlflowAddress.Is(given));

    [Fact]
    public void Parse_WhatIsNoServer_IsRefusedWithoutRepeatingAPassword()
    {
        var problems = new[] { "sqlite:///mlflow.db", "localhost:5000", "http://me:secret@tracking.example", "http://tracking.example/?token=secret", "http://" }
            .Select(given => Assert.Throws<UserMistakeException>(() => MlflowAddress.Parse(given)).Problems.Single()).ToList();

        Assert.DoesNotContain("secret", string.Concat(problems), StringComparison.Ordinal);
        Snapshot.Matches(string.Join("\n", problems));
    }
}
