test.for([1, 2])('squares %i', n => {});
