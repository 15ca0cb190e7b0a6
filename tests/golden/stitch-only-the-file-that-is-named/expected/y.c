{
  play();
}
