fixture(undefined, () => 1);
