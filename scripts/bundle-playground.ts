import { bundlePlayground } from '@plaza/gateway/playground/bundle';

// Makes the playground's files ahead of the first start, for an image whose folders are not written to later.
const { folder } = await bundlePlayground();
console.log(`The playground is in ${folder}`);
